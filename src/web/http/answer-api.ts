import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { acceptLanguage } from "#src/platform/http/accept-language.ts";
import type { Guard } from "#src/platform/http/guard.ts";
import { refusalText } from "#src/platform/refusal.ts";
import type { Services } from "../api/context.ts";
import { refuse } from "../api/refuse.ts";
import { serve } from "../api/serve.ts";
import { serveHandoff } from "../api/serve-handoff.ts";
import { bodyOf } from "./collect-body.ts";
import { isCall, isHandoff } from "./is-call.ts";

/** Answers API calls before Next does: a route in Next would add a millisecond to each. */
export function answerApi(services: Services): Guard {
  return (request, response, pass) => {
    if (!isCall(request)) return pass();
    const leaving = new AbortController();
    response.once("close", () => leaving.abort());
    const answer = async () => {
      const asked = toRequest(request, leaving.signal);
      const answerer = isHandoff(request) ? serveHandoff : serve;
      await send(await answerer(asked, services), response);
    };
    answer().catch((err: unknown) => {
      if (response.destroyed) return; // The client has gone, as from a stream.
      services.log.error({ err }, "the API could not answer");
      if (response.headersSent) response.destroy();
      else void send(refuse(500, "INTERNAL_SERVER_ERROR", defectText(request)), response);
    });
  };
}

function defectText({ headers }: IncomingMessage): string {
  return refusalText(acceptLanguage(headers["accept-language"]), "internal_server_error");
}

/** A placeholder: which host the request named does not matter here. */
const ORIGIN = "http://enlist";

function toRequest(request: IncomingMessage, signal: AbortSignal): Request {
  const { method = "GET", url = "/" } = request;
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    headers.set(name, String(value)); // Node has joined repeated headers.
  }
  const body = (method === "POST" && bodyOf(request)) || null;
  return new Request(new URL(ORIGIN + url), { method, headers, signal, body });
}

async function send(answer: Response, response: ServerResponse): Promise<void> {
  response.statusCode = answer.status;
  for (const [name, value] of answer.headers) response.appendHeader(name, value);
  if (!answer.body) {
    response.end();
  } else if (answer.headers.get("content-type")?.startsWith("text/event-stream")) {
    response.flushHeaders();
    await pipeline(Readable.fromWeb(answer.body as never), response);
  } else {
    response.end(Buffer.from(await answer.arrayBuffer()));
  }
}
