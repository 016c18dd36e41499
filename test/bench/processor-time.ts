import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** Milliseconds per tick of the kernel's accounts. */
const TICK = 1000 / Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));

/**
 * The processor time that a process and its descendants have used so far, in milliseconds, those
 * that have ended included. From /proc, so on Linux alone.
 * @param pid of the leash that holds the program, whose own time does not count
 */
export function processorTime(pid: number): number {
  const processes = readAccounts();
  const childrenOf = (parent: number): number =>
    processes
      .filter((one) => one.parent === parent)
      .reduce((sum, one) => sum + one.ticks + childrenOf(one.pid), 0);
  return childrenOf(pid) * TICK;
}

/** The same of the program's first thread, which runs its JavaScript. */
export function mainThreadTime(pid: number): number {
  const child = readAccounts().find(({ parent }) => parent === pid)?.pid;
  const [account] = readAccount(`${child}/task/${child}`);
  return account ? account.ticks * TICK : 0;
}

function readAccounts() {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap(readAccount);
}

/** What `proc(5)` says of a process or thread; nothing if it has just ended. */
function readAccount(pid: string) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [parent, user, system, endedUser, endedSystem] = [1, 11, 12, 13, 14].map((at) =>
      Number(fields[at]),
    );
    return [{ pid: Number(pid), parent, ticks: user! + system! + endedUser! + endedSystem! }];
  } catch {
    return [];
  }
}
