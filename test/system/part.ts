import type { Program } from "../servers/start.ts";
import { waitFor } from "../servers/wait-for.ts";

/** A part of a system: a process that can be started again once it has ended, on the same port. */
export interface Part<Server extends { program: Program } = { program: Program }> {
  name: string;
  /** What runs, or what ran last. */
  server: Server;
  program: Program;
  start(): Promise<void>;
}

/** Starts a part. `launch` starts its process, and is called again for each restart. */
export async function startPart<Server extends { program: Program }>(
  name: string,
  launch: () => Promise<Server>,
): Promise<Part<Server>> {
  const part: Part<Server> = {
    name,
    server: await launch(),
    get program() {
      return part.server.program;
    },
    async start() {
      part.server = await launch();
    },
  };
  return part;
}

/** Launches a server on its one port; what a killed one has left behind may take a moment to go. */
export function relaunch<Server extends { program: Program; port: number }>(
  name: string,
  port: number,
  launch: () => Promise<Server>,
): Promise<Server> {
  return waitFor(
    `${name} to start`,
    async () => {
      const server = await launch();
      if (server.port === port) return server;
      await server.program.stop();
      return null;
    },
    60_000,
  ) as Promise<Server>;
}
