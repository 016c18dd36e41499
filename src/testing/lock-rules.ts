/** What a migration must not do to a table that is in use, and what to do instead. */
const RULES: [RegExp, string][] = [
  [/create (unique )?index (?!concurrently)/i, "create the index concurrently"],
  [/drop index (?!concurrently)/i, "drop the index concurrently"],
  [/alter column \w+ (set data )?type/i, "add a column of the new type, and move over"],
  [/set not null/i, "add a check constraint as not valid, and validate it in a later migration"],
  [
    /add (constraint \w+ )?(foreign key|check)(?!.* not valid)/is,
    "add the constraint as not valid, and validate it in a later migration",
  ],
  [
    /add (constraint \w+ )?unique(?! using index)/i,
    "create a unique index concurrently, and use it",
  ],
  [/rename (column|to)/i, "add the new name beside the old one"],
  [/drop (column|table)/i, "leave it to the release after the one that no longer uses it"],
  [
    /\bupdate \w+ (\w+ )?set/i,
    "fill a column in batches, and not together with a change of the schema",
  ],
];

/** What begins a comment that excuses a migration, and says why. */
const EXCUSE = "// Long lock:";

/**
 * Reads a migration for what would hold a lock for as long as a big table takes, or break the version
 * that still runs. A table that the same migration creates is nobody's yet.
 * @returns what to do instead; empty where all is well
 */
export function findLongLocks(source: string): string[] {
  if (source.includes(EXCUSE)) return [];
  const [, up = ""] =
    /function up\b([\s\S]*?)(?=export async function down\b|$)/.exec(source) ?? [];
  const created = [...up.matchAll(/create table (\w+)/gi)].map(([, table]) => table);
  const onOld = up
    .split(/(?=knex\.raw|knex\.schema)/)
    .filter((statement) => !created.some((table) => new RegExp(`\\b${table}\\b`).test(statement)))
    .join("");
  const found = RULES.filter(([pattern]) => pattern.test(onOld)).map(([, instead]) => instead);
  if (/concurrently/i.test(up) && !/transaction: false/.test(source)) {
    found.push("export const config = { transaction: false }, as concurrently asks for");
  }
  return found;
}
