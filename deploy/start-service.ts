import { createContainer } from "#test/servers/container.ts";
import type { Image } from "#test/servers/image.ts";
import type { Program } from "#test/servers/start.ts";
import { waitFor } from "#test/servers/wait-for.ts";
import { readYaml } from "./read.ts";

interface ComposeService {
  command?: string[];
  environment?: Record<string, string>;
  stop_grace_period: string;
  healthcheck?: { test?: string[] };
}

/** A service of compose.yaml's that runs in a container of its own. */
export interface Service {
  program: Program;
  /** Waits until this address answers well. @throws at once if the service ends before */
  answers(url: string): Promise<void>;
  /** Whether its health check passes. */
  isHealthy(): Promise<boolean>;
  /** Asks it to stop, and kills it after the grace of compose.yaml. Returns how it ended. */
  stop(): Promise<string>;
  /** The number of the user that it runs as. */
  user(): Promise<string>;
  /** The files that its user has written since it was started, without those in memory. */
  written(): Promise<string>;
  /** Ends it, and deletes its container. */
  remove: () => Promise<void>;
}

const [{ services }] = readYaml("compose.yaml") as [{ services: Record<string, ComposeService> }];

/**
 * Starts a service as compose.yaml says, on this machine's network.
 * @param env what compose.env has; the ports are the test's own
 */
export async function startService(
  { name, user, entrypoint, cmd, healthcheck }: Image,
  service: "web" | "worker" | "migrate",
  env: Record<string, string>,
): Promise<Service> {
  const { command = cmd, environment, stop_grace_period, ...of } = services[service]!;
  const ports = { PORT: env.PORT!, WORKER_PORT: env.WORKER_PORT! };
  const container = await createContainer(name, { ...env, ...environment, ...ports });
  const began = Math.floor(Date.now() / 1000);
  const program = container.start([...entrypoint, ...command]);
  const check = (of.healthcheck?.test ?? healthcheck).slice(1);
  return {
    program,
    answers: (url) =>
      Promise.race([
        waitFor(url, async () => (await fetch(url)).ok).then(() => undefined),
        program.ended.then((how) => {
          throw new Error(`${service} ${how}\n${program.lastLines()}`);
        }),
      ]),
    isHealthy: () =>
      container.exec(check.map((word) => word.replace(":9464/", `:${ports.WORKER_PORT}/`))).then(
        () => true,
        () => false,
      ),
    async stop() {
      await container.terminate(program);
      const graceMs = Number.parseInt(stop_grace_period, 10) * 1000;
      const timer = setTimeout(() => program.signal("SIGKILL"), graceMs);
      const how = await program.ended;
      clearTimeout(timer);
      return how;
    },
    user: () => container.exec(["id", "-u"]),
    written() {
      const own = ["-uid", user.split(":", 1)[0]!, "-newerct", `@${began}`];
      return container.exec(["find", "/", "-xdev", ...own, "-not", "-path", "/tmp/*"], "0:0");
    },
    remove: container.remove,
  };
}
