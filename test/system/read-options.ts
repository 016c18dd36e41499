import { parseArgs } from "node:util";
import { readOrExit } from "#src/platform/run-command.ts";

/** How one option of a command is read. */
interface Kind<T> {
  type: "string" | "boolean";
  byDefault: string | boolean;
  /** @throws {Error} that says what the option takes */
  read(name: string, value: string | boolean): T;
}

/** A number in a range; `step` 1 for whole ones. */
export const number = (
  byDefault: number,
  { from, to, step }: { from: number; to: number; step?: 1 },
): Kind<number> => ({
  type: "string",
  byDefault: String(byDefault),
  read(name, text) {
    const value = Number(text);
    const isRight = value >= from && value <= to && (!step || Number.isInteger(value));
    if (isRight && text !== "") return value;
    throw new Error(`--${name} takes a ${step ? "whole " : ""}number from ${from} to ${to}.`);
  },
});

/** The seed of what is random; another one in each run unless it is given. */
export const seed = (): Kind<number> =>
  number(Date.now() % 1_000_000, { from: -(2 ** 30), to: 2 ** 30, step: 1 });

/** Some of these names, separated by commas; all by default. */
export const some = <T extends string>(names: readonly T[]): Kind<T[]> => ({
  type: "string",
  byDefault: names.join(),
  read(name, text) {
    const chosen = String(text).split(",");
    const unknown = chosen.find((one) => !names.includes(one as T));
    if (unknown === undefined) return chosen as T[];
    throw new Error(`--${name}: there is no "${unknown}", but there are\n  ${names.join("\n  ")}`);
  },
});

export const flag = (): Kind<boolean> => ({
  type: "boolean",
  byDefault: false,
  read: (_, value) => value === true,
});

/**
 * Reads the command's options. Says what is wrong and how the command is used, and ends the process
 * with 2, if one is wrong.
 */
export function readOptions<T extends Record<string, Kind<unknown>>>(
  usage: string,
  kinds: T,
): { [Name in keyof T]: T[Name] extends Kind<infer Value> ? Value : never } {
  const entries = Object.entries(kinds);
  return readOrExit(() => {
    const { values } = parseArgs({
      options: Object.fromEntries(
        entries.map(([name, { type, byDefault }]) => [name, { type, default: byDefault }]),
      ),
    });
    const read = entries.map(([name, kind]) => [name, kind.read(name, values[name]!)]);
    return Object.fromEntries(read) as ReturnType<typeof readOptions<T>>;
  }, usage);
}
