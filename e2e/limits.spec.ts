import { randomUUID } from "node:crypto";
import { look } from "./look.ts";
import type { Stack } from "./stack.ts";
import { aPerson } from "#test/system/person.ts";
import { expect, expectCheckInbox, fill, signUpOnPage, test } from "./test.ts";

/** Signs up through a proxy for this client, and returns the status. */
async function signUpFrom(stack: Stack, client: string): Promise<number> {
  const headers = { "content-type": "application/json", "x-forwarded-for": client };
  const body = JSON.stringify({ requestId: randomUUID(), ...aPerson() });
  return (await fetch(`${stack.url}/api/trpc/createUser`, { method: "POST", headers, body }))
    .status;
}

test("says when to try again after too many sign-ups from one address, and keeps the input", async ({
  page,
  newStack,
}) => {
  const stack = await newStack({ env: { RATE_LIMITS: "on", SIGNUPS_PER_HOUR: "1" } });
  const [first, second] = [aPerson(), aPerson()];
  await signUpOnPage(page, stack, first);
  await expectCheckInbox(page, first);
  await signUpOnPage(page, stack, second);
  const notice = page.getByRole("alert").filter({ hasText: "in the last hour" });
  await expect(notice).toBeFocused();
  await expect(notice).toContainText(/Please wait (59|60) minutes, then try again\./);
  await expect(page.getByLabel("Username")).toHaveValue(second.username);
  await expect(page.getByLabel("Password")).toHaveValue(second.password);
  await look(page, "signup-limited");
});

test("blames the address field after too many sign-ups with one address", async ({
  page,
  newStack,
}) => {
  const stack = await newStack({ env: { RATE_LIMITS: "on" } });
  const { email } = aPerson();
  const from = async () => {
    const body = JSON.stringify({ requestId: randomUUID(), ...aPerson({ email }) });
    const headers = { "content-type": "application/json" };
    await fetch(`${stack.url}/api/trpc/createUser`, { method: "POST", headers, body });
  };
  for (let i = 0; i < 5; i++) await from();
  await signUpOnPage(page, stack, aPerson({ email }));
  await expect(page.getByLabel("E-mail address")).toBeFocused();
  await expect(page.getByLabel("E-mail address")).toHaveAccessibleDescription(
    /several mails in the last hour.*Please wait \d+ minutes/,
  );
  await look(page, "signup-address-limited");
  const other = aPerson();
  await fill(page, { email: other.email });
  await page.getByRole("button", { name: "Sign up" }).click();
  await expectCheckInbox(page, other);
});

test("TRUST_PROXY decides who may state the client's address", async ({ newStack }) => {
  const env = { RATE_LIMITS: "on", SIGNUPS_PER_HOUR: "1" };
  const alone = await newStack({ env });
  expect(await signUpFrom(alone, "203.0.113.1")).toBe(200);
  expect(await signUpFrom(alone, "203.0.113.2")).toBe(429);
  const proxied = await newStack({ env: { ...env, TRUST_PROXY: "loopback" } });
  expect(await signUpFrom(proxied, "203.0.113.1")).toBe(200);
  expect(await signUpFrom(proxied, "203.0.113.2")).toBe(200);
  expect(await signUpFrom(proxied, "198.51.100.66, 203.0.113.2")).toBe(429);
});

test("a client that asks too often learns no usernames, whatever headers it sends", async ({
  newStack,
}) => {
  const stack = await newStack({ env: { RATE_LIMITS: "on" } });
  const input = encodeURIComponent(JSON.stringify({ username: "nobody" }));
  const ask = (index: number) => {
    const name = `203.0.113.${index}`;
    return fetch(`${stack.url}/api/trpc/usernameAvailable?input=${input}`, {
      headers: { "x-enlist-client": name, "x-forwarded-for": name },
    });
  };
  let answers = 0;
  let answer = await ask(answers);
  // Sixty, or up to twice that if Redis was too slow to count some.
  while (answer.status === 200 && answers < 125) answer = await ask(++answers);
  expect(answer.status).toBe(429);
  expect(answers).toBeGreaterThanOrEqual(60);
  expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
  const logged = () =>
    stack.web.program
      .output()
      .split("\n")
      .filter((line) => line.includes("usernameAvailable"));
  // The last lines may still be in the pipe.
  await expect.poll(() => logged().length).toBeGreaterThanOrEqual(60);
  expect(logged().join("\n")).not.toMatch(/127\.0\.0\.1|203\.0\.113|::/);
});
