import { readdirSync } from "node:fs";
import { join } from "node:path";
import * as ts from "typescript/unstable/ast";
import { API, TypeFlags, type Checker, type Type } from "typescript/unstable/sync";
import { expect, it } from "vitest";

// Translators and extensions replace text nodes. React then changes a node that is no longer shown,
// and throws if it removes that node or inserts before it. Only a text that is an element's entire
// content is safe, because React sets that content as a whole.

const ROOT = process.cwd();
const APP = join(ROOT, "src", "app");

const TEXTUAL =
  TypeFlags.Any |
  TypeFlags.Unknown |
  TypeFlags.StringLike |
  TypeFlags.NumberLike |
  TypeFlags.BigIntLike;

/** Whether a value of this type may be rendered as text. React renders nothing for `""`. */
function mayBeText(type: Type | undefined): boolean {
  if (!type) return true;
  if (type.isUnionType()) return type.getTypes().some(mayBeText);
  return (type.flags & TEXTUAL) !== 0 && !(type.isStringLiteralType() && type.value === "");
}

type Part = "element" | "fixed text" | "comes and goes" | "changing text";

/** The type of a JSX child; undefined if it renders nothing. */
function partOf(child: ts.JsxChild, checker: Checker): Part | undefined {
  if (ts.isJsxText(child)) return child.text.trim() ? "fixed text" : undefined;
  if (!ts.isJsxExpression(child)) return "element";
  if (!child.expression) return undefined;
  // A component's children are checked where they are passed.
  if (child.expression.getText() === "children") return "element";
  if (ts.isStringLiteral(child.expression)) return "fixed text";
  return mayBeText(checker.getTypeAtLocation(child.expression))
    ? "changing text"
    : "comes and goes";
}

/** Whether these parts contain a text that a translator could break. */
function isAtRisk(parts: (Part | undefined)[], isFragment: boolean): boolean {
  const kinds = new Set(parts.filter(Boolean));
  const count = parts.filter(Boolean).length;
  if (kinds.has("changing text")) return count > 1 || isFragment;
  return kinds.has("fixed text") && (kinds.has("comes and goes") || isFragment);
}

it("every changing text, and every text beside a conditional node, has its own element", () => {
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
