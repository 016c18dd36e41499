import { createTRPCClient, httpLink, TRPCClientError } from "@trpc/client";
import type { AppRouter } from "#src/web/api/router.ts";

/** Milliseconds after which the page stops to wait for an answer. */
const PATIENCE = 20_000;

/** The API as the pages call it. */
export const trpc = createTRPCClient<AppRouter>({
  links: [
    httpLink({
      url: "/api/trpc",
      fetch: (url, init) => fetch(url, { ...init, signal: AbortSignal.timeout(PATIENCE) }),
    }),
  ],
});

/** What a page can say about a call that failed. */
export interface Failure {
  /** tRPC's code, or UNREACHABLE where no answer came, or OUTDATED where the page calls what is no more. */
  code: string;
  message: string;
  /** The field to blame, where it is one. */
  field: string | undefined;
  fieldErrors: Record<string, string[]>;
}

/** Puts whatever a call threw into words for the person. */
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

/** What a page says that is older than the server. */
export const OUTDATED =
  "This page is older than our server. Nothing was done; please load the page again.";

/** Whether the server knows no such procedure any more, or only by another method. */
function isGoneProcedure(code: string, { message }: Error): boolean {
  return code === "METHOD_NOT_SUPPORTED" || message.startsWith("No procedure found");
}

interface FailureData {
  code: string;
  field?: string;
  fieldErrors?: Record<string, string[]>;
  retryAfterMs?: number;
}

/** When to try again, in words. */
function whenAgain(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  const [count, unit] = seconds < 90 ? [seconds, "second"] : [Math.ceil(seconds / 60), "minute"];
  return ` Please wait ${count} ${unit}${count === 1 ? "" : "s"}, then try again.`;
}
