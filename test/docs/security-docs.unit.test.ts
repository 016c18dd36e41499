import { existsSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
/** The page, with a line for each claim. */
const doc = read("docs/security.md").replaceAll(/\n +(?=\S)/g, " ");
const list = doc.slice(doc.indexOf("## OWASP ASVS"));

/** A test as the page names it: its file, then the tests in it, if given. */
const named = [...doc.matchAll(/`((?:src|e2e|test)\/[\w./-]+)`((?:,? "[^"]+")*)/g)].map(
  ([, path = "", tests = ""]) => ({
    path,
    tests: [...tests.matchAll(/"([^"]+)"/g)].map((m) => m[1]!),
  }),
);

it("every file and test that docs/security.md names exists", () => {
  expect(named.length).toBeGreaterThan(100);
  const missing = named.flatMap(({ path, tests }) => {
    if (!existsSync(new URL(`../../${path}`, import.meta.url))) return [path];
    const text = read(path);
    return tests.filter((test) => !text.includes(test)).map((test) => `${path}: ${test}`);
  });
  expect(missing).toEqual([]);
});

/** The requirements of ASVS 5.0.0 at levels 1 and 2, without the chapters that do not apply. */
const REQUIRED = `
  1.1.1 1.1.2 1.2.1 1.2.2 1.2.3 1.2.4 1.2.5 1.2.6 1.2.7 1.2.8 1.2.9 1.3.1 1.3.2 1.3.3 1.3.4
  1.3.5 1.3.6 1.3.7 1.3.8 1.3.9 1.3.10 1.3.11 1.4.1 1.4.2 1.4.3 1.5.1 1.5.2
  2.1.1 2.1.2 2.1.3 2.2.1 2.2.2 2.2.3 2.3.1 2.3.2 2.3.3 2.3.4 2.4.1
  3.2.1 3.2.2 3.3.1 3.3.2 3.3.3 3.3.4 3.4.1 3.4.2 3.4.3 3.4.4 3.4.5 3.4.6 3.5.1 3.5.2 3.5.3
  3.5.4 3.5.5 3.7.1 3.7.2
  4.1.1 4.1.2 4.1.3 4.2.1 4.3.1 4.3.2 4.4.1 4.4.2 4.4.3 4.4.4
  6.1.1 6.1.2 6.1.3 6.2.1 6.2.2 6.2.3 6.2.4 6.2.5 6.2.6 6.2.7 6.2.8 6.2.9 6.2.10 6.2.11 6.2.12
  6.3.1 6.3.2 6.3.3 6.3.4 6.4.1 6.4.2 6.4.3 6.4.4 6.5.1 6.5.2 6.5.3 6.5.4 6.5.5 6.6.1 6.6.2
  6.6.3 6.8.1 6.8.2 6.8.3 6.8.4
  7.1.1 7.1.2 7.1.3 7.2.1 7.2.2 7.2.3 7.2.4 7.3.1 7.3.2 7.4.1 7.4.2 7.4.3 7.4.4 7.4.5 7.5.1
  7.5.2 7.6.1 7.6.2
  8.1.1 8.1.2 8.2.1 8.2.2 8.2.3 8.3.1 8.4.1
  9.1.1 9.1.2 9.1.3 9.2.1 9.2.2 9.2.3 9.2.4
  11.1.1 11.1.2 11.2.1 11.2.2 11.2.3 11.3.1 11.3.2 11.3.3 11.4.1 11.4.2 11.4.3 11.4.4 11.5.1
  11.6.1
  12.1.1 12.1.2 12.1.3 12.2.1 12.2.2 12.3.1 12.3.2 12.3.3 12.3.4
  13.1.1 13.2.1 13.2.2 13.2.3 13.2.4 13.2.5 13.3.1 13.3.2 13.4.1 13.4.2 13.4.3 13.4.4 13.4.5
  14.1.1 14.1.2 14.2.1 14.2.2 14.2.3 14.2.4 14.3.1 14.3.2 14.3.3
  15.1.1 15.1.2 15.1.3 15.2.1 15.2.2 15.2.3 15.3.1 15.3.2 15.3.3 15.3.4 15.3.5 15.3.6 15.3.7
  16.1.1 16.2.1 16.2.2 16.2.3 16.2.4 16.2.5 16.3.1 16.3.2 16.3.3 16.3.4 16.4.1 16.4.2 16.4.3
  16.5.1 16.5.2 16.5.3
`;

/** The number of a requirement. */
const ROW = /\b\d+\.\d+\.\d+\b/g;

it("every requirement of the ASVS at levels 1 and 2 is met, does not apply, or is a gap", () => {
  const told = new Set(list.match(ROW));
  expect(
    REQUIRED.trim()
      .split(/\s+/)
      .filter((id) => !told.has(id)),
  ).toEqual([]);
});

/** Each row: the requirement, how it is met, and its tests or the rows that name them. */
const rows = [...list.matchAll(/^- (\d+\.\d+\.\d+)(.*?)(?: \[([^\]]*)\])?$/gm)].map(
  ([, id = "", how = "", tests = ""]) => ({ id, how, tests }),
);

it("every row has a test, says why it has none, or is a gap", () => {
  expect(rows.length).toBeGreaterThan(150);
  const bare = rows.filter(({ how, tests }) => !tests && !/gap|operator/i.test(how));
  expect(bare.map(({ id }) => id)).toEqual([]);
});

it("every row that a claim cites exists, and names a test itself", () => {
  const tests = [...doc.matchAll(/^- .* \[([^\]]*)\]$/gm)].map(([, cited = ""]) => cited);
  const leads = tests.flatMap((cited) => cited.replaceAll(/`[^`]*`|"[^"]*"/g, "").match(ROW) ?? []);
  expect(leads.length).toBeGreaterThan(100);
  const naming = new Set(rows.flatMap((row) => (row.tests.includes("`") ? [row.id] : [])));
  expect(leads.filter((id) => !naming.has(id))).toEqual([]);
});
