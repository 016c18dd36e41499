import { spawnSync } from "node:child_process";
import { expect } from "playwright/test";
import { ROOT } from "#test/servers/folder.ts";
import { fromSources } from "#test/system/command.ts";
import type { Stack } from "./stack.ts";

/** Runs `npm run invite`. */
export function runInvite({ databaseUrl }: Stack, ...args: string[]) {
  const own = { DATABASE_URL: databaseUrl, SIGNUPS: "invited", CHECK_MAIL_DOMAINS: "off" };
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...fromSources("invite"), ...args],
    { cwd: ROOT, encoding: "utf8", env: { ...process.env, ...own } },
  );
  return { status, stdout, stderr };
}

/** Invites, and gives the link in the mail. */
export async function invite(stack: Stack, email: string, language = "en"): Promise<string> {
  const ran = runInvite(stack, email, "--language", language);
  expect(ran).toMatchObject({ status: 0, stderr: "" });
  const [mail] = await stack.mails(email);
  return /https?:\/\/\S+\/signup\?invitation=[\da-f]{96}/.exec(mail!.text)![0];
}
