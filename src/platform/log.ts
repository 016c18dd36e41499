import pino from "pino";

export type Log = pino.Logger;

/**
 * What a log may say of an error, never user input. Servers quote it in messages (PostgreSQL "Key
 * (email)=(…)", SMTP "550 <…> unknown"), so only their codes are kept.
 */
function describeError(error: unknown): Record<string, unknown> {
  const stack = error instanceof Error ? error.stack : undefined;
  const frames = stack?.split("\n").filter((line) => /^\s+at /.test(line));
  return { ...describeCause(error), ...(frames ? { stack: frames.slice(0, 8).join("\n") } : {}) };
}

/** Without the stack, which says nothing new about the cause. */
function describeCause(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code, constraint, routine, command, responseCode } = error as Error &
    Record<string, unknown>;
  // Redis gets only ids, and in its client's errors `command` is an object.
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

/**
 * What a job's row may say of an error: the log's fields in one line, only type and codes if
 * unsafe.
 */
export function describeInOneLine(error: unknown): string {
  const { type, message, code, responseCode } = describeCause(error);
  return [message ?? type, code, responseCode].filter(Boolean).join(" ");
}

/**
 * Creates a logger that writes one JSON object per line to standard output.
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
