import { spawn, type ChildProcess } from "node:child_process";
import { constants } from "node:os";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const LEASH = fileURLToPath(new URL("leash.mjs", import.meta.url));

export interface ProgramOptions {
  env?: Record<string, string | undefined>;
  cwd?: string;
  /** The user that it runs as, where this process may choose. */
  uid?: number | undefined;
  /** The signal that asks it to stop. */
  stopSignal?: NodeJS.Signals;
  /** Gets each line that it writes. */
  onLine?: (line: string) => void;
}

/** A running program in a process group of its own, which ends with whoever started it. */
export interface Program {
  name: string;
  /** Of the leash that holds it, which leads the process group. */
  pid: number;
  /** Settles when the program has ended, with a few words on how. */
  ended: Promise<string>;
  hasEnded(): boolean;
  /** The last 400 lines of its output. */
  output(): string;
  /** The last few lines that it wrote, for a message. */
  lastLines(): string;
  /** Resolves once it has written a line that matches; rejects when it ends before. */
  said(pattern: RegExp): Promise<void>;
  /** Sends a signal to the program and all it started. */
  signal(signal: NodeJS.Signals): void;
  /** Asks it to stop, waits, and kills what is left after `graceMs` milliseconds. */
  stop(graceMs?: number): Promise<void>;
}

/** Starts a program. Its name is for messages. */
export function start(
  name: string,
  command: string,
  args: string[],
  { env = {}, cwd, uid, stopSignal = "SIGTERM", onLine }: ProgramOptions = {},
): Program {
  const child = spawn(process.execPath, [LEASH, stopSignal, command, ...args], {
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, ...env, ...(uid === undefined ? {} : { LEASH_UID: String(uid) }) },
    ...(cwd ? { cwd } : {}),
  });
  const lines: string[] = [];
  const listeners = new Set<(line: string) => void>(onLine ? [onLine] : []);
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => {
      lines.push(line);
      if (lines.length > 400) lines.shift();
      for (const listener of listeners) listener(line);
    });
  }
  const ended = new Promise<string>((resolve) => {
    child.once("exit", (code, killedBy) => {
      signalGroup(child, "SIGKILL"); // Whatever it started and left behind.
      resolve(describeEnd(code, killedBy));
    });
  });
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  const lastLines = () => lines.slice(-15).join("\n");

  return {
    name,
    pid: child.pid!,
    ended,
    hasEnded,
    output: () => lines.join("\n"),
    lastLines,
    said(pattern) {
      if (lines.some((line) => pattern.test(line))) return Promise.resolve();
      return new Promise((resolve, reject) => {
        const listener = (line: string) => {
          if (pattern.test(line)) settle(resolve);
        };
        const settle = (how: () => void) => {
          listeners.delete(listener);
          how();
        };
        listeners.add(listener);
        void ended.then((how) => settle(() => reject(new Error(`${name} ${how}\n${lastLines()}`))));
      });
    },
    signal(signal) {
      signalGroup(child, signal);
      // The leash goes on, as it must notice when whoever started it dies meanwhile.
      if (signal === "SIGSTOP") child.kill("SIGCONT");
    },
    async stop(graceMs = 9500) {
      if (hasEnded()) return;
      child.kill("SIGTERM");
      const timer = setTimeout(() => signalGroup(child, "SIGKILL"), graceMs);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** The leash gives on a signal that ended its program as a shell does: 128 and its number. */
function describeEnd(code: number | null, killedBy: NodeJS.Signals | null): string {
  const signals = Object.entries(constants.signals);
  const signal = killedBy ?? signals.find(([, number]) => 128 + number === code)?.[0];
  return signal ? `was ended by ${signal}` : `ended with code ${code}`;
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    process.kill(-child.pid!, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
