import type { Connection, Statement } from "./connection.ts";
import { done, type Run } from "./finish.ts";
import { togetherAtFirst } from "./together.ts";

/**
 * The statement that records the effects of one or more jobs.
 * @param keys one per job, never empty
 * @returns a statement whose rows have the column `key`; its name is used only if there is one key
 */
export type StatementFor = (keys: string[]) => Statement;

/** A row that such a statement returns, with the key of the job that it belongs to. */
export interface Keyed {
  key: string;
}

interface Recording {
  run: Run;
  key: string;
}

/** Records one effect, together with the end of its job. */
export async function record<Row extends object>(
  db: Connection,
  run: Run,
  statement: Statement,
): Promise<Row[]> {
  return db.run<Row>(withDone([run], statement));
}

/** Records the effects of several jobs of one worker, together with their ends. */
async function recordAll<Row extends Keyed>(
  db: Connection,
  statementFor: StatementFor,
  recordings: readonly Recording[],
): Promise<Row[][]> {
  const { name, ...statement } = statementFor(recordings.map(({ key }) => key));
  const isAlone = recordings.length === 1;
  const rows = await db.run<Row>(
    withDone(
      recordings.map(({ run }) => run),
      // A statement for several is planned for their number: see TAKE_SEVERAL.
      isAlone && name ? { ...statement, name } : statement,
    ),
  );
  return recordings.map(({ key }) => rows.filter((row) => row.key === key));
}

export type Recorder = <Row extends Keyed>(
  statementFor: StatementFor,
  recording: Recording,
  tries: number,
) => Promise<Row[]>;

/**
 * Makes recordings of the same turn of the event loop, by the same function, share one statement.
 * Follows {@link togetherAtFirst}.
 */
export function createRecorder(db: Connection): Recorder {
  const recorderOf = (statementFor: StatementFor) =>
    togetherAtFirst((all: Recording[]) => recordAll(db, statementFor, all));
  const recorders = new WeakMap<StatementFor, ReturnType<typeof recorderOf>>();
  return <Row extends Keyed>(statementFor: StatementFor, recording: Recording, tries: number) => {
    const recordOne = recorders.get(statementFor) ?? recorderOf(statementFor);
    recorders.set(statementFor, recordOne);
    return recordOne(recording, tries) as Promise<Row[]>;
  };
}

/** Prefixes the caller's statement with the end of the jobs: one statement, one round trip. */
function withDone(runs: readonly Run[], { text, values, name }: Statement): Statement {
  const ends = done(runs, values.length + 1);
  const cte = `with tx_job_done as (${ends.text})`;
  const rest = /^(?:\s|--.*\n|\/\*[^]*?\*\/)*with\s+(recursive\s+)?/i.exec(text);
  const recursive = rest?.[1] ? cte.replace("with", "with recursive") : cte;
  return {
    text: rest ? `${recursive}, ${text.slice(rest[0].length)}` : `${cte} ${text}`,
    values: [...values, ...ends.values],
    ...(name ? { name: `tx-jobs-${name}` } : {}),
  };
}
