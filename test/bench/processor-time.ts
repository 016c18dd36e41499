import { execFileSync } from "node:child_process";
import { readProcess, readProcesses } from "../servers/read-processes.ts";

/** Milliseconds per tick of the kernel's accounts. */
const TICK = 1000 / Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));

/**
 * The processor time that a process and its descendants have used so far, in milliseconds, those
 * that have ended included. From /proc, so on Linux alone.
 * @param pid of the leash that holds the program, whose own time does not count
 */
export function processorTime(pid: number): number {
  const processes = readProcesses();
  const childrenOf = (parent: number): number =>
    processes
      .filter((one) => one.parent === parent)
      .reduce((sum, one) => sum + one.ticks + childrenOf(one.pid), 0);
  return childrenOf(pid) * TICK;
}

/** The same of the program's first thread, which runs its JavaScript. */
export function mainThreadTime(pid: number): number {
  const child = readProcesses().find(({ parent }) => parent === pid)?.pid;
  return (readProcess(`${child}/task/${child}`)?.ticks ?? 0) * TICK;
}
