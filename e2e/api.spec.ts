import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { request } from "node:http";
import { promisify } from "node:util";
import { build } from "esbuild";
import { ROOT } from "#test/servers/folder.ts";
import type { Stack } from "./stack.ts";
import { aPerson } from "#test/system/person.ts";
import { expect, test } from "./test.ts";

const JSON_TYPE = { "content-type": "application/json" };

function post(
  stack: Stack,
  path: string,
  body: string,
  headers: Record<string, string> = JSON_TYPE,
) {
  return fetch(`${stack.url}/api/trpc/${path}`, { method: "POST", headers, body });
}

/** A request that fetch() would refuse to make. */
function raw(stack: Stack, method: string, path: string): Promise<Response> {
  return new Promise((resolve, reject) => {
    const sent = request(stack.url + path, { method }, (answer) => {
      answer
        .resume()
        .once("end", () => resolve(new Response(null, { status: answer.statusCode! })));
    });
    sent.once("error", reject).end();
  });
}

test("the example signs up with the typed client, outside the browser", async ({ stack }) => {
  const { username, fullName, email, password } = aPerson();
  const signUp = (...args: string[]) =>
    promisify(execFile)(process.execPath, ["--import", "tsx", "examples/sign-up.ts", ...args], {
      cwd: ROOT,
      env: { ...process.env, ENLIST_URL: stack.url },
    });
  const { stdout } = await signUp(username, fullName, email, password);
  expect(stdout).toBe(`${username} signed up; the mail is on its way to ${email}\n`);
  await stack.mails(email);
  // A repeat is the same sign-up; another person's is not.
  expect((await signUp(username, fullName, email, password)).stdout).toBe(stdout);
  await expect(signUp(username, fullName, aPerson().email, password)).rejects.toMatchObject({
    code: 1,
    stderr: "This username is taken. Please choose another.\n",
  });
  await expect(signUp("A", "", email, password)).rejects.toMatchObject({ code: 2 });
  await expect(signUp("A", fullName, "x", password)).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^Some fields are invalid\.\n {2}username: .*\n {2}email: /),
  });
});

test("the package @enlist/client signs up in a browser, which keeps the cookie", async ({
  page,
  stack,
}) => {
  const { outputFiles } = await build({
    entryPoints: [`${ROOT}/src/api-client/index.ts`],
    ...{ bundle: true, write: false, format: "iife", globalName: "client" },
  });
  await page.goto(`${stack.url}/signup`);
  const person = aPerson();
  const found = await page.evaluate(`(async () => {
    ${outputFiles[0]!.text}
    const enlist = client.createClient();
    const { user } = await enlist.signUp(${JSON.stringify(person)});
    for await (const { stage } of enlist.signupStatus()) {
      if (stage === "sent") return [user.username, enlist.cookie, document.cookie];
    }
  })()`);
  expect(found).toEqual([person.username, undefined, ""]);
});

test("plain JSON signs up, and a retry returns the same user", async ({ stack }) => {
  const body = JSON.stringify({ requestId: randomUUID(), ...aPerson() });
  const first = await post(stack, "createUser", body);
  expect(first.status).toBe(200);
  expect(first.headers.get("set-cookie")).toMatch(/^enlist_signup=.*HttpOnly; SameSite=Lax$/);
  expect(await (await post(stack, "createUser", body)).json()).toEqual(await first.json());
});

/** Next treats a form sent to a page as a server action, and fails if there is no such action. */
const sendForm = (url: string) =>
  fetch(url, {
    method: "POST",
    headers: { "content-type": "multipart/form-data; boundary=x" },
    body: "\u0000",
  });

test("every client error is answered with a 4xx", async ({ stack }) => {
  const big = JSON.stringify({ ...aPerson(), requestId: randomUUID(), extra: "x".repeat(100_000) });
  const answers: [what: string, status: number, answer: Promise<Response>][] = [
    ["no JSON", 400, post(stack, "createUser", "{")],
    ["nothing", 400, post(stack, "createUser", "")],
    ["an empty batch", 400, post(stack, "createUser?batch=1", "[]")],
    ["a body over 100 kB", 413, post(stack, "createUser", big)],
    ["another content type", 415, post(stack, "createUser", "x", { "content-type": "text/plain" })],
    ["no such procedure", 404, post(stack, "nothing", "{}")],
    ["a sign-up by GET", 405, fetch(`${stack.url}/api/trpc/createUser?input=%7B%7D`)],
    ["a form to a page", 405, sendForm(`${stack.url}/signup`)],
    ["a form to a page's data", 404, sendForm(`${stack.url}/signup.rsc`)],
    ["another method", 405, fetch(`${stack.url}/api/trpc/createUser`, { method: "PUT" })],
    ["no such page", 404, fetch(`${stack.url}/nothing`)],
    ["a path that cannot be decoded", 404, fetch(`${stack.url}/api/trpc/%E0%A4%A`)],
    ["a file of the folder", 404, fetch(`${stack.url}/.env`)],
    ["another", 404, fetch(`${stack.url}/.git/config`)],
    ["a folder", 404, fetch(`${stack.url}/_next/static/`)],
    ["a picture, resized", 404, fetch(`${stack.url}/_next/image?url=%2Ficon.svg&w=64&q=75`)],
    ["TRACE", 400, raw(stack, "TRACE", "/api/trpc/createUser")],
  ];
  for (const [what, status, answer] of answers) {
    const response = await answer;
    expect(`${what}: ${response.status}`).toBe(`${what}: ${status}`);
    expect(await response.text()).not.toMatch(/\bat .*\.(js|ts):|insert into/);
  }
});

test("the log has each request, and nothing secret or personal", async ({ page, stack }) => {
  const person = aPerson();
  const body = JSON.stringify({ requestId: randomUUID(), ...person });
  const answer = await post(stack, "createUser", body, { ...JSON_TYPE, "x-request-id": "mine-1" });
  expect(answer.headers.get("x-request-id")).toBe("mine-1");
  await page.goto(`${stack.url}/verify?token=very-secret`);
  for (const path of [
    "/verify%3Ftoken%3Dvery-secret",
    "/verify%2ftoken%3dvery-secret",
    "/token=very-secret",
  ])
    await fetch(stack.url + path);
  const { program } = stack.web;
  const ended = '"status":200,"duration":[\\d.]+,"msg":"request"';
  await program.said(
    new RegExp(`"requestId":"mine-1","method":"POST","path":"/api/trpc/createUser",${ended}`),
  );
  await program.said(new RegExp(`"method":"GET","path":"/verify",${ended}`));
  const refused: [id: string, path: string, input: object, status: number][] = [
    ["mine-2", "verifyEmail", { token: "very-secret" }, 404],
    ["mine-3", "resendVerification", {}, 401],
    ["mine-4", "createUser", { ...person, requestId: "very-secret" }, 400],
  ];
  for (const [id, path, input, status] of refused) {
    const headers = { ...JSON_TYPE, "x-request-id": id };
    expect((await post(stack, path, JSON.stringify(input), headers)).status).toBe(status);
    const line = `"requestId":"${id}","method":"POST","path":"/api/trpc/${path}","status":${status},`;
    await program.said(new RegExp(line));
  }
  const written = program.output() + stack.worker.program.output();
  for (const secret of ["very-secret", person.username, person.email, person.password]) {
    expect(written).not.toContain(secret);
  }
});
