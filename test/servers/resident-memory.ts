import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { readProcesses } from "./read-processes.ts";
import type { Program } from "./start.ts";

/**
 * The resident memory of a program, without the leash that holds it, in MB.
 * @throws if there is neither `/proc` nor a `ps`
 */
export function residentMemory({ pid }: Program): number {
  // A small Linux has no `ps`.
  const sizes = existsSync("/proc/self/stat") ? sizesInProc(pid) : sizesByPs(pid);
  return sizes.reduce((sum, kilobytes) => sum + kilobytes, 0) / 1024;
}

function sizesInProc(leash: number): number[] {
  return readProcesses()
    .filter(({ pid, group }) => group === leash && pid !== leash)
    .map(({ pid }) => {
      try {
        const status = readFileSync(`/proc/${pid}/status`, "utf8");
        return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0);
      } catch {
        return 0; // It has ended.
      }
    });
}

function sizesByPs(leash: number): number[] {
  const { stdout, error } = spawnSync("ps", ["-A", "-o", "pid=,pgid=,rss="], { encoding: "utf8" });
  if (error) throw error;
  return stdout
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([pid, group]) => group === leash && pid !== leash)
    .map(([, , kilobytes = 0]) => kilobytes);
}
