import { ROOT } from "./folder.ts";
import { start, type Program } from "./start.ts";

const WEBHOOK_SECRET = `whsec_${Buffer.from("the example's secret, not for production").toString("base64")}`;
const HANDOFF_SECRET = "development-only-secret-of-the-example-app";

export interface ExampleApp {
  program: Program;
  url: string;
}

interface ExampleAppOptions {
  port: number;
  databaseUrl: string;
  /** Where people reach Enlist. */
  enlistUrl: string;
  onLine?: (line: string) => void;
}

const urlOf = (port: number) => `http://localhost:${port}`;

/** What web and worker are told of an example application on this port. */
export function exampleSettings(port: number) {
  const url = urlOf(port);
  return {
    RETURN_URL: `${url}/welcome`,
    RETURN_NAME: "the example",
    SIGN_IN_URL: `${url}/sign-in`,
    WEBHOOK_URL: `${url}/webhooks/enlist`,
    WEBHOOK_SECRET,
    HANDOFF_SECRET,
  };
}

/** Starts examples/app on loopback and waits until it listens. */
export async function startExampleApp(options: ExampleAppOptions): Promise<ExampleApp> {
  const { port, databaseUrl, enlistUrl, onLine } = options;
  const url = urlOf(port);
  const program = start("Example", process.execPath, ["--import", "tsx", "examples/app/main.ts"], {
    cwd: ROOT,
    env: {
      NODE_ENV: undefined,
      APP_URL: url,
      PORT: String(port),
      DATABASE_URL: databaseUrl,
      ENLIST_URL: enlistUrl,
      WEBHOOK_SECRET,
      HANDOFF_SECRET,
      BETTER_AUTH_SECRET: "development-only-secret-of-the-example-sessions",
    },
    ...(onLine ? { onLine } : {}),
  });
  await program.said(/listening/);
  return { program, url };
}
