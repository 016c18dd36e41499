import { spawnSync } from "node:child_process";
import type { Program } from "./start.ts";

/** The resident memory of a program, without the leash that holds it, in MB. @throws where there is no `ps` */
export function residentMemory({ pid }: Program): number {
  const { stdout, error } = spawnSync("ps", ["-A", "-o", "pid=,pgid=,rss="], { encoding: "utf8" });
  if (error) throw error;
  const kilobytes = stdout
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([id, group]) => group === pid && id !== pid)
    .reduce((sum, [, , rss = 0]) => sum + rss, 0);
  return kilobytes / 1024;
}
