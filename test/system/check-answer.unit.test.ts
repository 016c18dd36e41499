import { expect, it } from "vitest";
import { describeApi } from "#src/web/openapi/describe-api.ts";
import { USUAL_ENV } from "./person.ts";
import { createAnswerCheck, type WireAnswer } from "./check-answer.ts";

const check = createAnswerCheck(
  describeApi({ APP_URL: "https://accounts.example.org", ...USUAL_ENV }),
);

const available: WireAnswer = {
  method: "GET",
  path: "/api/trpc/usernameAvailable",
  status: 200,
  headers: { "content-type": "application/json", "x-request-id": "a-1" },
  body: '{"result":{"data":{"available":true}}}',
};
const data = {
  code: "TOO_MANY_REQUESTS",
  reason: "many_signups",
  httpStatus: 429,
  retryAfterMs: 1,
};
const error = (body: object) => JSON.stringify({ error: { message: "x", code: -32029, ...body } });
const limited: WireAnswer = {
  ...available,
  status: 429,
  headers: { ...available.headers, "retry-after": "1" },
  body: error({ data }),
};
const status = { stage: "sent", at: "2026-01-31T12:00:00.000Z", username: "a", email: "b" };
const events = (more: object) =>
  `event: connected\ndata: {"reconnectAfterInactivityMs":40000}\n\n\ndata: ${JSON.stringify({ ...status, ...more })}\n\n\nevent: ping\ndata: \n\n\nda`;
const stream: WireAnswer = {
  ...available,
  path: "/api/trpc/signupStatus",
  headers: { ...available.headers, "content-type": "text/event-stream" },
  body: events({ resendInMs: 0 }),
};
const signUp: WireAnswer = { ...available, method: "POST", path: "/api/trpc/createUser" };

it.each<[string, WireAnswer]>([
  ["a result", available],
  ["an error", limited],
  ["a stream", stream],
  ["the answer to a HEAD", { ...available, method: "HEAD", body: undefined }],
])("%s is as described", (_, answer) => {
  expect(check(answer)).toEqual([]);
});

it.each<[string, WireAnswer, RegExp]>([
  ["another status", { ...available, status: 418 }, /the status 418/],
  [
    "another type",
    { ...available, headers: { ...available.headers, "content-type": "a/b" } },
    /a\/b/,
  ],
  [
    "one field more",
    { ...available, body: '{"result":{"data":{"available":true,"x":1}}}' },
    /additional/,
  ],
  ["a missing field", { ...available, body: '{"result":{"data":{}}}' }, /available/],
  [
    "the code of another status",
    { ...limited, body: error({ data: { ...data, code: "CONFLICT" } }) },
    /constant/,
  ],
  [
    "an unknown field to blame",
    { ...limited, body: error({ data: { ...data, field: "x" } }) },
    /field/,
  ],
  ["an empty body", { ...available, body: "" }, /the body/],
  ["no id", { ...available, headers: { "content-type": "application/json" } }, /X-Request-Id/],
  ["no cookie", { ...signUp, body: undefined }, /Set-Cookie/],
  [
    "a wrong header",
    { ...limited, headers: { ...limited.headers, "retry-after": "soon" } },
    /Retry-After/,
  ],
  ["a wrong event", { ...stream, body: events({}) }, /resendInMs/],
])("%s is not", (_, answer, problem) => {
  expect(check(answer)).toEqual([expect.stringMatching(problem)]);
});

it("an operation that is not there is undescribed", () => {
  expect(check({ ...available, path: "/api/trpc/nothing" })).toBe("undescribed");
  expect(check({ ...available, method: "PUT" })).toBe("undescribed");
});
