import type { Knex } from "knex";
import { createDb, isDatabaseUnavailable } from "./db.ts";

/**
 * Reads a command's arguments. If they are wrong, says in the first line what is, then how the command
 * is used, and ends the process with 2.
 * @param read throws an error that says in one line what is wrong
 */
export function readOrExit<T>(read: () => T, usage: string): T {
  try {
    return read();
  } catch (error) {
    // Node adds advice on arguments that begin with "-".
    const what = (error as Error).message.replace(/ To specify a positional argument .*/s, "");
    process.stderr.write(`${what}\n\n${usage}\n`);
    return process.exit(2);
  }
}

/**
 * Runs an operator's command on one connection to PostgreSQL, and sets the exit code that it returns; 2
 * with one line if it fails.
 * @param name how the command calls itself in that line
 */
export async function runCommand(
  name: string,
  databaseUrl: string,
  work: (db: Knex) => Promise<number>,
): Promise<void> {
  const db = createDb({ url: databaseUrl, pool: 1 });
  try {
    process.exitCode = await work(db);
  } catch (error) {
    const words = isDatabaseUnavailable(error) ? "PostgreSQL cannot be reached." : String(error);
    process.stderr.write(`${name}: ${words.replace(/^Error: /, "")}\n`);
    process.exitCode = 2;
  } finally {
    await db.destroy();
  }
}
