import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { parseAnswers } from "./answers.ts";
import { aPersona } from "./fill-in.ts";
import { acknowledgedBy, checkAnswers, checkLog, checkRows, type Row } from "./check.ts";
import { SIGNUP, type Played } from "./play.ts";
import type { HttpRequest } from "./requests.ts";

const own = aPersona();

const call: HttpRequest = { ...SIGNUP, host: "x", body: "{}" };

/** A request and its raw HTTP answer. */
function played(http: string, overrides: Partial<Played> = {}): Played {
  const bytes = Buffer.from(http.replaceAll("\n", "\r\n"));
  return { request: call, wanted: 1, hung: false, answers: parseAnswers(bytes), ...overrides };
}

function answer(status: number, body: string, header = "content-type: application/json"): string {
  return `HTTP/1.1 ${status} X\n${header}\ncontent-length: ${Buffer.byteLength(body)}\n\n${body}`;
}

const signedUp = (id: string) =>
  answer(200, JSON.stringify({ result: { data: { user: { id, ...shown } } } }));
const shown = { username: own.username, fullName: own.fullName, email: own.email };
const row: Row = { id: "1", username: own.username, full_name: own.fullName, verified: false };

const check = (one: Played) => checkAnswers({ own, played: [one] });

describe("an answer breaks a rule", () => {
  it.each<[string, Played]>([
    ["with 500", played(answer(500, "{}"))],
    ["with 503", played(answer(503, "{}"))],
    ["with SQL", played(answer(400, '{"error":"insert into \\"users\\" … - violates"}'))],
    ["with a stack", played(answer(400, "at run (/srv/x/server.js:12:3)"))],
    ["with a path", played(answer(404, "no such file /home/web/.env"))],
    ["with an engine's error message", played(answer(400, "Unexpected token < in JSON"))],
    ["with a hash", played(answer(400, "$argon2id$v=19$m=19456"))],
    ["that never came", played("", { hung: true })],
    ["that is missing", played("")],
    ["that is cut off", played("HTTP/1.1 200 OK\ncontent-length: 50\n\n{}")],
    ["that says nothing", played(answer(200, "{}"))],
    ["that is open to other sites", played(answer(400, "{}", "access-control-allow-origin: *"))],
    [
      "to a form",
      played(signedUp("1"), { request: { ...call, headers: [["content-type", "a/b"]] } }),
    ],
    ["to an ambiguous request", played(signedUp("1"), { request: { ...call, framing: "both" } })],
    [
      "that names another's address",
      played(answer(200, '{"result":{"url":"https://evil.example/"}}')),
    ],
    ["that redirects to another host", played("HTTP/1.1 308 X\nlocation: //evil.example/\n\n")],
  ])("%s", (_, one) => {
    expect(check(one)).toHaveLength(1);
  });

  it("but not if it is a good one", () => {
    expect(check(played(signedUp("1")))).toEqual([]);
    expect(check(played(answer(400, '{"error":{"message":"Choose a username."}}')))).toEqual([]);
    expect(check(played("", { wanted: 0 }))).toEqual([]);
  });
});

describe("the ledger", () => {
  const acknowledged = acknowledgedBy([played(signedUp("1"))]);

  it("matches if rows and acknowledged sign-ups are the same", () => {
    expect(checkRows([row], acknowledged)).toEqual([]);
  });

  it.each<[string, Row[]]>([
    ["of a request that was refused", [row, { ...row, id: "2" }]],
    ["that is missing", []],
    ["that differs from what was shown", [{ ...row, full_name: "Another" }]],
    ["verified by nobody", [{ ...row, verified: true }]],
  ])("reports a row %s", (_, rows) => {
    expect(checkRows(rows, acknowledged)).toHaveLength(1);
  });
});

it.each(["username", "fullName", "email", "password", "token", "cookie", "code"] as const)(
  "the log must not contain a %s",
  (field) => {
    const real = { ...own, token: "t".repeat(64), cookie: "c".repeat(64), code: "12345678" };
    expect(checkLog([`{"msg":"x","a":"${real[field]}"}`], real)).toHaveLength(1);
    expect(checkLog(['{"msg":"request","jobId":"verify-email-12345678-aaaa"}'], real)).toEqual([]);
  },
);

it("answers are parsed by their lengths, one after another, and without a body after HEAD", () => {
  const chunked = "HTTP/1.1 200 OK\ntransfer-encoding: chunked\n\n2\nab\n3\ncde\n0\n\n";
  const all = `HTTP/1.1 100 Continue\n\n${answer(400, "é")}${chunked}${answer(404, "")}`;
  const read = played(all).answers.map(({ status, body }) => `${status} ${body}`);
  expect(read).toEqual(["400 é", "200 abcde", "404 "]);
  const packed = gzipSync("packed");
  const head = `HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: ${packed.length}\r\n\r\n`;
  expect(parseAnswers(Buffer.concat([Buffer.from(head), packed]))[0]?.body).toBe("packed");
  const toHead = Buffer.from("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n");
  expect(parseAnswers(toHead, true)).toHaveLength(1);
});
