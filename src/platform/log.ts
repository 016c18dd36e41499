import pino from "pino";

export type Log = pino.Logger;

/**
 * What a log may say of an error: never what a person typed. Servers quote it in their messages
 * (PostgreSQL "Key (email)=(…)", SMTP "550 <…> unknown"), so of those only the codes are kept.
 */
function describeError(error: unknown): Record<string, unknown> {
  const stack = error instanceof Error ? error.stack : undefined;
  const frames = stack?.split("\n").filter((line) => /^\s+at /.test(line));
  return { ...describeCause(error), ...(frames ? { stack: frames.slice(0, 8).join("\n") } : {}) };
}

/** The same without the stack: of a store that is away a thousand times it says nothing more. */
function describeCause(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code, constraint, routine, command, responseCode } = error as Error &
    Record<string, unknown>;
  // Redis gets ids alone, and its client's `command` is an object.
  const isSmtp = responseCode !== undefined || typeof command === "string";
  const quotes = routine !== undefined || isSmtp;
  return {
    type: error.name,
    ...(quotes ? {} : { message: error.message }),
    ...(code === undefined ? {} : { code }),
    ...(constraint === undefined ? {} : { constraint }),
    ...(typeof command === "string" ? { command } : {}),
    ...(responseCode === undefined ? {} : { responseCode }),
    ...(error.cause === undefined ? {} : { cause: describeCause(error.cause) }),
  };
}

/** What the row of a job may say of an error: as the log, in one line, and no more than a type and a code. */
export function describeForRow(error: unknown): string {
  const { type, message, code, responseCode } = describeCause(error);
  return [message ?? type, code, responseCode].filter(Boolean).join(" ");
}

/**
 * A logger that writes one JSON object a line to standard output.
 * @param name the process: `web` or `worker`
 */
export function createLog(name: string, level: string, destination?: pino.DestinationStream): Log {
  const options: pino.LoggerOptions = {
    name,
    level,
    serializers: { err: describeError, cause: describeCause },
    timestamp: pino.stdTimeFunctions.isoTime,
  };
  return destination ? pino(options, destination) : pino(options);
}
