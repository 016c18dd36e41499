import { createTRPCClient, httpLink, TRPCClientError } from "@trpc/client";
import type { FieldTexts } from "#src/texts/en/fields.ts";
import { languageOfPage, textsOfPage } from "./texts.ts";
import type { AppRouter } from "#src/web/api/router.ts";

/** Milliseconds until the page stops waiting for an answer. */
const PATIENCE = 20_000;

/** The API client of the pages. */
export const trpc = createTRPCClient<AppRouter>({
  links: [
    httpLink({
      url: "/api/trpc",
      headers: () => ({ "accept-language": languageOfPage() }),
      fetch: (url, init) => fetch(url, { ...init, signal: AbortSignal.timeout(PATIENCE) }),
    }),
  ],
});

/** The reasons if the server's form is another one than the page's. */
const OTHER_FORM = ["field_unasked", "terms_changed"] satisfies (keyof FieldTexts)[];

/** A failed call, as a page shows it. */
export interface Failure {
  /** tRPC's code; UNREACHABLE without an answer; OUTDATED if this page is older than the server. */
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
      message: textsOfPage().unreachable,
      field: undefined,
      fieldErrors: {},
    };
  }
  if (isGoneProcedure(data.code, error as Error) || isOtherForm(data)) {
    return { code: "OUTDATED", message: textsOfPage().outdated, field: undefined, fieldErrors: {} };
  }
  return {
    code: data.code,
    message: withPause((error as Error).message, data.retryAfterMs),
    field: data.field,
    fieldErrors: data.fieldErrors ?? {},
  };
}

/** Whether the server no longer has the procedure, or only with another method. */
function isGoneProcedure(code: string, { message }: Error): boolean {
  return code === "METHOD_NOT_SUPPORTED" || message.startsWith("No procedure found");
}

/** Whether the server asks for other fields, or other terms, than this page has. */
function isOtherForm({ fieldReasons = {} }: FailureData): boolean {
  const reasons = Object.values(fieldReasons).flat();
  return OTHER_FORM.some((reason) => reasons.includes(reason));
}

interface FailureData {
  code: string;
  field?: string;
  fieldErrors?: Record<string, string[]>;
  fieldReasons?: Record<string, string[]>;
  retryAfterMs?: number;
}

/** The message, and when to try again. */
function withPause(message: string, retryAfterMs: number | undefined): string {
  if (!retryAfterMs) return message;
  return textsOfPage().tryAgainIn(message, Math.ceil(retryAfterMs / 1000));
}
