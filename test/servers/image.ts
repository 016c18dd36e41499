import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { BUILDAH, findExecutable } from "./find-executable.mjs";
import { ROOT } from "./folder.ts";
import { start } from "./start.ts";

/** Needs no service and no rights on the machine, and shares the machine's network: loopback is loopback. */
export const ISOLATION = ["--isolation", "chroot"];

/** What an image says of itself. */
export interface Image {
  name: string;
  user: string;
  entrypoint: string[];
  cmd: string[];
  healthcheck: string[];
  /** The bytes of its last layer, which is all that the Dockerfile adds to the base. */
  added: number;
}

/** Where buildah is, if this machine has it. */
export const buildahPath = findExecutable(BUILDAH);

/** Runs buildah. Returns what it wrote to its standard output. @throws with what it said, if it fails */
export async function buildah(...args: string[]): Promise<string> {
  const options = { timeout: 300_000, maxBuffer: 2 ** 26 };
  return (await promisify(execFile)(buildahPath!, args, options)).stdout.trim();
}

/** Why the image cannot be built here, if it cannot. Pulls what it is based on, if that is missing. */
export async function whyNoImage(): Promise<string | undefined> {
  if (!buildahPath) return "install the package buildah to have it built and run";
  const dockerfile = readFileSync(join(ROOT, "Dockerfile"), "utf8");
  for (const base of new Set(Array.from(dockerfile.matchAll(/^FROM (\S+)/gm), ([, name]) => name!)))
    try {
      await buildah("pull", "--quiet", "--policy=missing", base);
    } catch (error) {
      const said = (error as Error).message.trim().split("\n").at(-1);
      return `buildah neither has ${base} nor can pull it (${said})`;
    }
  return undefined;
}

/** Builds the Dockerfile as it is, at the lowest priority that leaves tests beside it their time. */
export async function buildImage(name: string): Promise<Image> {
  // The image format of OCI has no health checks.
  const options = [...ISOLATION, "--pull=false", "--format=docker", "--tag", name];
  const program = start("buildah", "nice", ["-n", "10", buildahPath!, "bud", ...options, ROOT]);
  const how = await program.ended;
  if (how !== "ended with code 0") {
    throw new Error(`the build of the image ${how}\n${program.output()}`);
  }
  const { Docker, Manifest } = JSON.parse(await buildah("inspect", "--type=image", name));
  const { User, Entrypoint, Cmd, Healthcheck } = Docker.config;
  return {
    name,
    user: User,
    entrypoint: Entrypoint,
    cmd: Cmd,
    healthcheck: Healthcheck.Test,
    added: JSON.parse(Manifest).layers.at(-1).size,
  };
}
