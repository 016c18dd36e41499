import { codeIn, tokenIn } from "../servers/smtp-sink.ts";
import { waitFor } from "../servers/wait-for.ts";
import type { Answer } from "./answers.ts";
import { exchange, type Exchange } from "./exchange.ts";
import { aPersona, type Persona } from "./fill-in.ts";
import type { FuzzRequest, HttpRequest } from "./requests.ts";
import type { Scenario } from "./scenario.ts";
import type { ReadableSystem } from "./system.ts";
import { toBytes } from "./to-bytes.ts";

/** What came of one request. */
export interface Played extends Exchange {
  request: FuzzRequest;
  /** How many answers it must get at least. */
  wanted: number;
}

/** What came of a scenario. */
export interface Play {
  own: Persona;
  played: Played[];
}

/** A sign-up, as the page sends it. */
export const SIGNUP: HttpRequest = {
  is: "http",
  method: "POST",
  target: "/api/trpc/createUser",
  host: "{host}",
  headers: [["content-type", "application/json"]],
  body: JSON.stringify({
    requestId: "{own.requestId}",
    username: "{own.username}",
    fullName: "{own.fullName}",
    email: "{own.email}",
    password: "{own.password}",
  }),
  encoding: "utf8",
  framing: "length",
};

/** Lives through a scenario, and gives all that came of it; checks nothing. */
export async function play(
  system: ReadableSystem,
  { begin, requests, atOnce }: Scenario,
): Promise<Play> {
  const own = aPersona();
  const played: Played[] = [];
  const send = async (request: FuzzRequest): Promise<Exchange> => {
    const { wanted, bytes, ...how } = toBytes(request, own, `localhost:${system.port}`);
    const result = await exchange(system.port, bytes, how);
    played.push({ request, wanted, ...result });
    return result;
  };
  if (begin !== "nobody") {
    own.cookie = cookieOf((await send(SIGNUP)).answers[0]) ?? own.cookie;
  }
  if (begin === "mailed") {
    const { source } = await waitFor("the mail of a sign-up", () =>
      system.sink.mails.findLast(({ to }) => to === own.email),
    );
    own.token = tokenIn(source)!;
    own.code = codeIn(source)!;
  }
  if (atOnce) await Promise.all(requests.map(send));
  else for (const request of requests) await send(request);
  return { own, played };
}

function cookieOf(answer: Answer | undefined): string | undefined {
  return /enlist_signup=([\w-]+)/.exec(answer?.headers.get("set-cookie") ?? "")?.[1];
}
