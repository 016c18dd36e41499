import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { Program } from "./start.ts";

interface Process {
  id: number;
  group: number;
  /** Kilobytes of resident memory. */
  resident: number;
}

/**
 * The resident memory of a program, without the leash that holds it, in MB.
 * @throws if there is neither `/proc` nor a `ps`
 */
export function residentMemory({ pid }: Program): number {
  const kilobytes = (existsSync("/proc/self/stat") ? fromProc() : fromPs())
    .filter(({ id, group }) => group === pid && id !== pid)
    .reduce((sum, { resident }) => sum + resident, 0);
  return kilobytes / 1024;
}

/** From proc(5): a small Linux has no `ps`. */
function fromProc(): Process[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, "utf8");
        const status = readFileSync(`/proc/${name}/status`, "utf8");
        // The program's name before the last ")" may hold anything.
        const [, , group] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
        const resident = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0);
        return [{ id: Number(name), group: Number(group), resident }];
      } catch {
        return []; // It has ended.
      }
    });
}

function fromPs(): Process[] {
  const { stdout, error } = spawnSync("ps", ["-A", "-o", "pid=,pgid=,rss="], { encoding: "utf8" });
  if (error) throw error;
  return stdout
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number))
    .map(([id, group, resident]) => ({ id: id!, group: group!, resident: resident! }));
}
