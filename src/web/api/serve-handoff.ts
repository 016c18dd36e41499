import * as z from "zod/mini";
import { CLIENT_ADDRESS, toClient } from "#src/platform/client-address.ts";
import { isSecret } from "#src/platform/is-secret.ts";
import { isTooSoon, refusalText } from "#src/platform/refusal.ts";
import { swapCode } from "#src/signup/return/swap-code.ts";
import { toRefusal } from "#src/signup/to-refusal.ts";
import type { Services } from "./context.ts";
import { forRequests, type Call } from "./call.ts";
import { HEADERS } from "./refuse.ts";
import { refuseBody } from "./refuse-input.ts";

/** Where the application's server swaps codes. */
export const HANDOFF = "/api/handoff";

/** `state` is optional: with it, only the sign-up to which the application gave it counts. */
export const swapSchema = z.object({
  code: z.string().check(z.minLength(1), z.maxLength(200)),
  state: z.optional(z.string().check(z.maxLength(500))),
});

/** The errors of OAuth's token endpoint (RFC 6749, 5.2) that occur here, and two for our own state. */
export type OAuthError =
  | "invalid_request"
  | "invalid_client"
  | "invalid_grant"
  | "slow_down"
  | "temporarily_unavailable"
  | "server_error";

export const serveHandoff = forRequests(answerHandoff);

/**
 * Swaps a code for the verified user whom it was given to: POST with `{ code, state? }`, and
 * HANDOFF_SECRET as the bearer token. Answers `{ user }`, or an error in OAuth's words.
 */
export async function answerHandoff(call: Call, services: Services): Promise<Response> {
  const { env, db, log, limits } = services;
  try {
    if (!env.HANDOFF_SECRET) {
      return refuse(404, "invalid_request", "Hand-offs are off: web has no HANDOFF_SECRET.");
    }
    if (call.method !== "POST") {
      return refuse(405, "invalid_request", "Use POST.", { allow: "POST" });
    }
    const token = readToken(call);
    if (!isOneOf(env.HANDOFF_SECRET, token)) {
      log.warn(`hand-off refused: ${token ? "wrong" : "no"} secret`);
      // The right one always passes, or a stranger behind the same proxy could switch hand-offs off.
      await limits.wrongSecrets.count(call.headers.get(CLIENT_ADDRESS) ?? toClient(undefined));
      const wrong = token
        ? "The bearer token is not HANDOFF_SECRET."
        : "Send HANDOFF_SECRET as `Authorization: Bearer …`.";
      return refuse(401, "invalid_client", wrong, { "www-authenticate": "Bearer" });
    }
    const input = await readInput(call);
    if (input instanceof Response) return input;
    const swap = await swapCode(db, input);
    if ("refused" in swap) {
      log.warn(`hand-off refused: ${swap.refused}`);
      return refuse(400, "invalid_grant", "The code is unknown, used, expired or another state's.");
    }
    log.info({ userId: swap.user.id }, "user handed off");
    return Response.json(swap, { headers: HEADERS });
  } catch (error) {
    return refuseError(error, services);
  }
}

function readToken({ headers }: Call): string {
  return /^Bearer +(\S+)$/i.exec(headers.get("authorization") ?? "")?.[1] ?? "";
}

function isOneOf(secrets: string[], given: string): boolean {
  // All are compared, so that the time does not tell which one was close.
  return secrets.map((secret) => isSecret(given, secret)).includes(true);
}

async function readInput(call: Call): Promise<z.infer<typeof swapSchema> | Response> {
  const refused = refuseBody(call);
  if (refused) {
    const { error } = (await refused.json()) as { error: { message: string } };
    return refuse(refused.status, "invalid_request", error.message);
  }
  try {
    const text = new TextDecoder().decode(call.body);
    const parsed = z.safeParse(swapSchema, JSON.parse(text));
    if (parsed.success) return parsed.data;
  } catch {
    // It is no JSON.
  }
  return refuse(400, "invalid_request", 'The body must be { "code": "…" }, and may have a state.');
}

function refuseError(error: unknown, { log }: Services): Response {
  const refusal = toRefusal(error);
  if (!refusal) {
    log.error({ err: error }, "defect");
    return refuse(500, "server_error", refusalText("en", "internal_server_error"));
  }
  const { message, retryAfterMs = 1000 } = refusal;
  const header = { "retry-after": String(Math.ceil(retryAfterMs / 1000)) };
  if (isTooSoon(refusal)) return refuse(429, "slow_down", message, header);
  return refuse(503, "temporarily_unavailable", message, header);
}

function refuse(
  status: number,
  error: OAuthError,
  description: string,
  headers: Record<string, string> = {},
): Response {
  const body = { error, error_description: description };
  return Response.json(body, { status, headers: { ...HEADERS, ...headers } });
}
