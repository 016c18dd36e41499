import { readdirSync } from "node:fs";
import { join } from "node:path";
import * as ts from "typescript/unstable/ast";
import { API } from "typescript/unstable/sync";
import { expect, it } from "vitest";

// What people read is in src/texts, in each language. This finds what is not.

const ROOT = process.cwd();
const FOLDERS = ["src/app", "src/client", "src/signup/mail"];

/** Attributes that are shown or read out. */
const SPOKEN = /^(aria-label|aria-description|alt|title|label|hint|placeholder|pendingLabel)$/;

const WORD = /\p{L}{2}/u;
/** Two words, as only sentences have them. */
const SENTENCE = /\p{L}{2,}[.,:;]? \p{L}{2,}/u;

function isForDevelopers(node: ts.Node): boolean {
  for (let at: ts.Node | undefined = node; at; at = at.parent) {
    if (ts.isNewExpression(at) && at.expression.getText().endsWith("Error")) return true;
    if (ts.isJsxAttribute(at) && !SPOKEN.test(at.name.getText())) return true;
    if (ts.isImportDeclaration(at)) return true;
    if (ts.isExpressionStatement(at) && ts.isStringLiteral(at.expression)) return true; // "use client"
  }
  return false;
}

/** Whether this node is a text that people read. */
function isText(node: ts.Node): boolean {
  if (ts.isJsxText(node)) return WORD.test(node.text);
  if (!ts.isStringLiteral(node) && !ts.isNoSubstitutionTemplateLiteral(node)) return false;
  if (ts.isJsxAttribute(node.parent)) {
    return SPOKEN.test(node.parent.name.getText()) && WORD.test(node.text);
  }
  return SENTENCE.test(node.text) && !isForDevelopers(node);
}

/** Texts for machines: style sheets, fonts, a mail's doctype, the script of a page. */
const NOT_READ =
  /^(16px|bold|0 |<!DOCTYPE|\(\(\) => |width=device-width|light dark|telephone=no|\n:root)|sans-serif|monospace|^(Content-Type|form input|RCPT TO|answer lost|No procedure found|Disabled: METRICS_TOKEN)/;

it("everything that people read is in src/texts", () => {
  const api = new API({ cwd: ROOT });
  try {
    const config = join(ROOT, "tsconfig.json");
    const project = api.updateSnapshot({ openProjects: [config] }).getProject(config)!;
    const found: string[] = [];
    let seen = 0;
    for (const folder of FOLDERS) {
      for (const name of readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })) {
        if (!/\.tsx?$/.test(name) || /\.test\.tsx?$/.test(name)) continue;
        const visit = (node: ts.Node): void => {
          seen++;
          const text = isText(node) ? node.getText() : undefined;
          if (text && !NOT_READ.test(text.replace(/^["'`]/, ""))) found.push(`${name}: ${text}`);
          node.forEachChild(visit);
        };
        visit(project.program.getSourceFile(join(ROOT, folder, name))!);
      }
    }
    expect(seen).toBeGreaterThan(5000);
    expect(found).toEqual([]);
  } finally {
    api.close();
  }
});
