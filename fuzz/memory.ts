import { spawnSync } from "node:child_process";

/** The resident memory of all processes of a group, in megabytes. @throws where there is no `ps` */
export function memoryOf(group: number): number {
  const { stdout, error } = spawnSync("ps", ["-A", "-o", "pgid=,rss="], { encoding: "utf8" });
  if (error) throw error;
  const kilobytes = stdout
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([pgid]) => pgid === group)
    .reduce((sum, [, rss = 0]) => sum + rss, 0);
  return Math.round(kilobytes / 1024);
}
