import type { Answer } from "./answers.ts";
import { MARK, type Persona } from "./fill-in.ts";
import { APPLICATION } from "./inputs.ts";
import type { Play, Played } from "./play.ts";
import type { FuzzRequest } from "./requests.ts";

/** What an error must not tell: SQL, a stack, a path on the disk, the words of a driver or an engine. */
const INSIDE = new RegExp(
  [
    String.raw`\bat [^"<]{0,200}\.[cm]?[jt]sx?:\d`,
    "node_modules|file://",
    "/(?:tmp|home|root|usr|var)/",
    String.raw`\b(?:insert into|delete from|select [^"<]{1,200} from|update \w+ set)\b`,
    "syntax error at or near|duplicate key|violates|invalid input syntax|invalid byte sequence",
    String.raw`\b(?:postgres\w*|knex|ioredis|bullmq|undici|nodemailer)\b`,
    String.raw`\b(?:ECONN|EPIPE|ETIMEDOUT|ENOENT|ERR_)`,
    String.raw`\b(?:Type|Syntax|Range|Reference|Aggregate|Zod|TRPC)Error\b`,
    "Cannot read propert|is not a function|is not iterable|Unexpected token|is not valid JSON",
    "Unexpected end of|Expected property name|Bad control character|Unterminated string",
    String.raw`\$argon2`,
  ].join("|"),
  "i",
);

/** What is wrong with the answers of a scenario. */
export function checkAnswers({ played }: Play): string[] {
  return played.flatMap(({ answers, hung, wanted, request }) => {
    const wrong = answers.flatMap(checkAnswer);
    if (isCall(request) && answers.some(saysNothing)) wrong.push("a 200 that says nothing");
    if (isForm(request) && answers.some(({ status }) => status < 300)) wrong.push("a form taken");
    if (hung) wrong.push("a request that hung");
    else if (isAmbiguous(request) && answers.some(({ status }) => status < 400))
      wrong.push("a request that says twice how long it is was taken");
    else if (answers.length < wanted) wrong.push(`${answers.length} answers in place of ${wanted}`);
    return wrong.map((what) => `${what}\n    to ${JSON.stringify(request).slice(0, 2000)}`);
  });
}

/** Whether it has a length and chunks: where two servers read it differently, one request is two. */
function isAmbiguous(request: FuzzRequest): boolean {
  return request.is === "http" && request.framing === "both";
}

/** Whether it is a call of a type that any site can have a browser send. */
function isForm(request: FuzzRequest): boolean {
  if (request.is !== "http" || !isCall(request)) return false;
  const types = request.headers.filter(([name]) => name === "content-type");
  return types.every(([, type]) => !/^application\/json/i.test(type));
}

function isCall(request: FuzzRequest): boolean {
  return (
    request.is === "http" && request.method === "POST" && /^\/api\/trpc\/\w/.test(request.target)
  );
}

/** Whether a call was answered as done without its result, or its error, in a batch or a stream. */
function saysNothing({ status, body, headers }: Answer): boolean {
  if (status !== 200 || headers.get("content-type")?.startsWith("text/event-stream")) return false;
  return !/^\[?\{"(result|error)":/.test(body);
}

function checkAnswer({ status, headers, body }: Answer): string[] {
  if (status >= 500) return [`${status}: ${body.slice(0, 500)}`];
  const wrong: string[] = [];
  const found = status >= 400 ? INSIDE.exec(body) : null;
  if (found) wrong.push(`${status} tells of the inside: ${JSON.stringify(around(body, found))}`);
  if (body && status < 300 && !headers.has("content-type")) wrong.push(`${status} of no type`);
  // The OpenAPI document names its own server.
  const links = body.startsWith('{"openapi":') ? [] : body.matchAll(/"url":"([^"]*)"/g);
  for (const [, url] of links) {
    if (!URL.canParse(url!) || new URL(url!).origin !== APPLICATION)
      wrong.push(`an answer that leads to ${url}`);
  }
  const location = headers.get("location");
  if (location && !/^\/(?![/\\])/.test(location)) wrong.push(`a redirect to ${location}`);
  for (const name of FORBIDDEN) if (headers.has(name)) wrong.push(`the header ${name}`);
  return wrong;
}

/** Headers that would let other sites read an answer, or tell what serves. */
const FORBIDDEN = ["access-control-allow-origin", "server", "x-powered-by"];

function around(text: string, { index, 0: match }: RegExpExecArray): string {
  return text.slice(Math.max(0, index - 100), index + match.length + 100);
}

/** What an answer has acknowledged. */
export interface Acknowledged {
  /** The users, as they were shown, by their ids. */
  users: Map<string, { username: string; fullName: string }>;
  /** The addresses that a mail was promised to, in small letters. */
  emails: Set<string>;
  verified: boolean;
  discarded: boolean;
}

/** Adds up what the answers of a scenario have acknowledged. */
export function acknowledgedBy(played: Played[]): Acknowledged {
  const all: Acknowledged = {
    users: new Map(),
    emails: new Set(),
    verified: false,
    discarded: false,
  };
  for (const { answers } of played) for (const answer of answers) add(all, answer);
  return all;
}

function add(all: Acknowledged, { headers, body }: Answer): void {
  // The answer to a HEAD has a type, and nothing of it.
  if (!body || !headers.get("content-type")?.startsWith("application/json")) return;
  for (const { result } of [JSON.parse(body)].flat()) {
    const { user, email, status } = result?.data ?? {};
    if (user) all.users.set(user.id, user);
    // `inspectLink` shows an address as well, and promises nothing; it has been promised before.
    for (const address of [user?.email, email]) if (address) all.emails.add(address.toLowerCase());
    if (status === "verified") all.verified = true;
    if (status === "discarded") all.discarded = true;
  }
}

/** A row of the table `users`. */
export interface Row {
  id: string;
  username: string;
  full_name: string;
  verified: boolean;
}

/** Where the new rows and what was acknowledged in the same time differ. */
export function checkRows(rows: Row[], acknowledged: Acknowledged): string[] {
  const wrong: string[] = [];
  for (const { id, username, full_name, verified } of rows) {
    const shown = acknowledged.users.get(id);
    if (!shown) wrong.push(`a row of a request that was refused: ${JSON.stringify(username)}`);
    else if (shown.username !== username || shown.fullName !== full_name)
      wrong.push(`a row that differs from what was shown: ${JSON.stringify([shown, full_name])}`);
    if (verified && !acknowledged.verified) wrong.push("a user verified by nobody");
  }
  const there = new Set(rows.map(({ id }) => id));
  const missing = [...acknowledged.users.keys()].filter((id) => !there.has(id));
  if (missing.length > 0 && !acknowledged.discarded) wrong.push("an acknowledged user without row");
  return wrong;
}

/** What the log must not hold of what was sent and mailed. */
export function checkLog(lines: string[], { token, code, cookie }: Persona): string[] {
  const secrets = [token, cookie, ...(code === "00000000" ? [] : [code])];
  return lines
    .filter((line) => {
      if (line.toLowerCase().includes(MARK) || line.includes("$argon2")) return true;
      // An id may have eight digits in a row.
      const words = line.split(/[^\w-]+/);
      return secrets.some((secret) => words.includes(secret));
    })
    .map((line) => `the log tells of a person: ${line.slice(0, 500)}`);
}
