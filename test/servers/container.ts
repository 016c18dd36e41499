import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { buildah, buildahPath, ISOLATION } from "./image.ts";
import { start, type Program } from "./start.ts";

/** A file system of an image's, and what runs in it. */
export interface Container {
  /** Starts a command, as the user that the image says. */
  start(command: string[]): Program;
  /** Runs another command in it, by default as the same user. @throws if that fails */
  exec: (command: string[], user?: string) => Promise<string>;
  /** Sends SIGTERM to what was started: to that process alone, as an engine does. */
  terminate(program: Program): Promise<void>;
  /** Ends what was started, and deletes the files. */
  remove: () => Promise<void>;
}

/** Makes a container in which all runs with this environment, and without any capability. */
export async function createContainer(
  image: string,
  env: Record<string, string>,
): Promise<Container> {
  const id = await buildah("from", "--pull=never", image);
  const variables = Object.entries(env).flatMap(([name, value]) => ["--env", `${name}=${value}`]);
  const run = ["run", ...ISOLATION, "--cap-drop=all", ...variables];
  const programs: Program[] = [];
  const exec = (command: string[], user?: string) =>
    buildah(...run, ...(user ? ["--user", user] : []), id, "--", ...command);
  return {
    exec,
    start(command) {
      const program = start(command.join(" "), buildahPath!, [...run, id, "--", ...command]);
      programs.push(program);
      return program;
    },
    async terminate({ pid }) {
      // From inside, as whoever started it may not signal another user's process.
      const script = "process.kill(Number(process.argv[1]), 'SIGTERM')";
      await exec(["node", "-e", script, String(firstProcess(pid))]);
    },
    async remove() {
      await Promise.all(programs.map((program) => program.stop()));
      await buildah("rm", id);
    },
  };
}

/** The container's first process: the first that is not buildah's own in the chain below this one. */
function firstProcess(pid: number): number {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").split(" ").filter(Boolean),
  );
  const child = Number(children[0]);
  if (!child) throw new Error(`process ${pid} has started nothing`);
  const [command] = readFileSync(`/proc/${child}/cmdline`, "utf8").split("\0", 1);
  return basename(command!).startsWith("buildah") ? firstProcess(child) : child;
}
