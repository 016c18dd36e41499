import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { acceptLanguage } from "#src/platform/http/accept-language.ts";
import type { Guard } from "#src/platform/http/guard.ts";
import { refusalText } from "#src/platform/refusal.ts";
import type { Services } from "../api/context.ts";
import { refuse } from "../api/refuse.ts";
import type { Call } from "../api/call.ts";
import { answerCall } from "../api/serve.ts";
import { answerHandoff } from "../api/serve-handoff.ts";
import { bodyOf } from "./collect-body.ts";
import { isCall, isHandoff } from "./is-call.ts";

/** Answers API calls before Next does: a route in Next would add a millisecond to each. */
export function answerApi(services: Services): Guard {
  return (request, response, pass) => {
    if (!isCall(request)) return pass();
    const answer = async () => {
      const answerer = isHandoff(request) ? answerHandoff : answerCall;
      await send(await answerer(toCall(request, response), services), response);
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

function toCall(request: IncomingMessage, response: ServerResponse): Call {
  const { method = "GET", url = "/" } = request;
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    headers.set(name, String(value)); // Node has joined repeated headers.
  }
  const call = { method, url: ORIGIN + url, headers, body: undefined };
  return method === "POST"
    ? { ...call, body: bodyOf(request) }
    : { ...call, signal: leavingOf(response) };
}

/** Aborts when the client leaves, which ends a stream. */
function leavingOf(response: ServerResponse): AbortSignal {
  const leaving = new AbortController();
  response.once("close", () => {
    if (!response.writableFinished) leaving.abort();
  });
  return leaving.signal;
}

async function send(answer: Response, response: ServerResponse): Promise<void> {
  response.statusCode = answer.status;
  for (const [name, value] of answer.headers) response.appendHeader(name, value);
  if (!answer.body) {
    response.end();
  } else if (answer.headers.get("content-type")?.startsWith("text/event-stream")) {
    response.flushHeaders();
    response.setMaxListeners(20); // Those of the guards and of `pipeline` are more than ten.
    await pipeline(Readable.fromWeb(answer.body as never), response);
  } else {
    response.end(Buffer.from(await answer.arrayBuffer()));
  }
}
