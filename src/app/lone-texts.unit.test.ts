import { readdirSync } from "node:fs";
import { join } from "node:path";
import * as ts from "typescript/unstable/ast";
import { API, TypeFlags, type Checker, type Type } from "typescript/unstable/sync";
import { expect, it } from "vitest";

// A browser's translator, or an extension, puts other nodes in the place of a text. React still holds the
// old one: to change it shows nothing, and to remove it, or to put something before it, throws. Only where
// a text is all that an element has, React sets the element's whole content, and nothing can go wrong.

const ROOT = process.cwd();
const APP = join(ROOT, "src", "app");

const TEXTUAL =
  TypeFlags.Any |
  TypeFlags.Unknown |
  TypeFlags.StringLike |
  TypeFlags.NumberLike |
  TypeFlags.BigIntLike;

/** Whether a value of this type may be shown as text. React makes nothing of `""`. */
function mayBeText(type: Type | undefined): boolean {
  if (!type) return true;
  if (type.isUnionType()) return type.getTypes().some(mayBeText);
  return (type.flags & TEXTUAL) !== 0 && !(type.isStringLiteralType() && type.value === "");
}

type Part = "element" | "fixed text" | "comes and goes" | "changing text";

/** What JSX makes of a child; undefined where that is nothing. */
function partOf(child: ts.JsxChild, checker: Checker): Part | undefined {
  if (ts.isJsxText(child)) return child.text.trim() ? "fixed text" : undefined;
  if (!ts.isJsxExpression(child)) return "element";
  if (!child.expression) return undefined;
  // What a component is given is looked at where it is given.
  if (child.expression.getText() === "children") return "element";
  if (ts.isStringLiteral(child.expression)) return "fixed text";
  return mayBeText(checker.getTypeAtLocation(child.expression))
    ? "changing text"
    : "comes and goes";
}

/** Whether a translator could come between React and a text among these parts. */
function isAtRisk(parts: (Part | undefined)[], isFragment: boolean): boolean {
  const kinds = new Set(parts.filter(Boolean));
  const count = parts.filter(Boolean).length;
  if (kinds.has("changing text")) return count > 1 || isFragment;
  return kinds.has("fixed text") && (kinds.has("comes and goes") || isFragment);
}

it("each text that changes, or has beside it what comes and goes, is all that its element has", () => {
  const api = new API({ cwd: ROOT });
  try {
    const config = join(ROOT, "tsconfig.json");
    const project = api.updateSnapshot({ openProjects: [config] }).getProject(config)!;
    const names = readdirSync(APP, { recursive: true, encoding: "utf8" });
    const files = names.filter((name) => name.endsWith(".tsx"));
    const found: string[] = [];
    let seen = 0;
    for (const name of files) {
      const visit = (node: ts.Node): void => {
        if (ts.isJsxElement(node) || ts.isJsxFragment(node)) {
          seen++;
          const parts = node.children.map((child) => partOf(child, project.checker));
          if (isAtRisk(parts, ts.isJsxFragment(node))) found.push(`${name}: ${node.getText()}`);
        }
        node.forEachChild(visit);
      };
      visit(project.program.getSourceFile(join(APP, name))!);
    }
    expect(seen).toBeGreaterThan(100);
    expect(found).toEqual([]);
  } finally {
    api.close();
  }
});
