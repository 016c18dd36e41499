import { createTRPCClient, httpLink, TRPCClientError } from "@trpc/client";
import type { AppRouter } from "#src/web/api/router.ts";

/** Milliseconds until the page stops waiting for an answer. */
const PATIENCE = 20_000;

/** The API client of the pages. */
export const trpc = createTRPCClient<AppRouter>({
  links: [
    httpLink({
      url: "/api/trpc",
      fetch: (url, init) => fetch(url, { ...init, signal: AbortSignal.timeout(PATIENCE) }),
    }),
  ],
});

/** A failed call, as a page shows it. */
export interface Failure {
  /** tRPC's code; UNREACHABLE without an answer; OUTDATED if the procedure no longer exists. */
  code: string;
  message: string;
  /** The field to blame, if any. */
  field: string | undefined;
  fieldErrors: Record<string, string[]>;
}

/** Describes any error of a call for the person. */
export function toFailure(error: unknown): Failure {
  const data = error instanceof TRPCClientError ? (error.data as FailureData | null) : null;
  if (!data?.code) {
    return {
      code: "UNREACHABLE",
      message:
        "We couldn't reach the server, or its answer got lost. Please try again; sending it twice is safe.",
      field: undefined,
      fieldErrors: {},
    };
  }
  if (isGoneProcedure(data.code, error as Error)) {
    return { code: "OUTDATED", message: OUTDATED, field: undefined, fieldErrors: {} };
  }
  return {
    code: data.code,
    message: (error as Error).message + (data.retryAfterMs ? whenAgain(data.retryAfterMs) : ""),
    field: data.field,
    fieldErrors: data.fieldErrors ?? {},
  };
}

/** The message of a page that is older than the server. */
export const OUTDATED =
  "This page is older than our server. Nothing was done; please load the page again.";

/** Whether the server no longer has the procedure, or only with another method. */
function isGoneProcedure(code: string, { message }: Error): boolean {
  return code === "METHOD_NOT_SUPPORTED" || message.startsWith("No procedure found");
}

interface FailureData {
  code: string;
  field?: string;
  fieldErrors?: Record<string, string[]>;
  retryAfterMs?: number;
}

/** When to try again, as a sentence. */
function whenAgain(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  const [count, unit] = seconds < 90 ? [seconds, "second"] : [Math.ceil(seconds / 60), "minute"];
  return ` Please wait ${count} ${unit}${count === 1 ? "" : "s"}, then try again.`;
}
