import { readdirSync, readFileSync } from "node:fs";

const PAGE = 4096;

/** The memory, in bytes, that the largest process of this group has resident; by /proc, so on Linux. */
export function residentBytes(group: number): number {
  const processes = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return Math.max(0, ...processes.map((pid) => residentOf(pid, group)));
}

function residentOf(pid: string, group: number): number {
  try {
    // Behind the program's name, which may hold spaces: state, parent, group … (proc_pid_stat(5)).
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /, "")
      .split(" ");
    return Number(fields[2]) === group ? Number(fields[21]) * PAGE : 0;
  } catch {
    return 0; // It has ended meanwhile.
  }
}
