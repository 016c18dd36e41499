import { readdirSync, readFileSync } from "node:fs";

/** What `proc(5)` says of a process or thread. */
export interface Process {
  pid: number;
  parent: number;
  group: number;
  /** The processor time that it and its ended children have used, in the kernel's ticks. */
  ticks: number;
}

/** All processes of a Linux machine. */
export function readProcesses(): Process[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readProcess(name) ?? []);
}

/** One of them, by its folder in `/proc`; undefined if it has just ended. */
export function readProcess(folder: string): Process | undefined {
  try {
    const stat = readFileSync(`/proc/${folder}/stat`, "utf8");
    // The program's name before the last ")" may hold anything.
    const fields = stat
      .slice(stat.lastIndexOf(")") + 2)
      .split(" ")
      .map(Number);
    const [parent, group] = [fields[1]!, fields[2]!];
    const ticks = fields.slice(11, 15).reduce((sum, value) => sum + value, 0);
    return { pid: Number(folder), parent, group, ticks };
  } catch {
    return undefined;
  }
}
