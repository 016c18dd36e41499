// Signs up over HTTP with the typed client, outside the browser:
//   node --import tsx examples/sign-up.ts alice "Alice Liddell" alice@example.com "a good password"
import { randomUUID } from "node:crypto";
import { createTRPCClient, httpLink, TRPCClientError } from "@trpc/client";
import type { AppRouter } from "#src/web/api/router.ts";

const [username, fullName, email, password] = process.argv.slice(2);
if (!username || !fullName || !email || !password) {
  console.error("usage: sign-up.ts USERNAME FULL_NAME EMAIL PASSWORD");
  process.exit(2);
}

const enlist = createTRPCClient<AppRouter>({
  links: [httpLink({ url: `${process.env.ENLIST_URL ?? "http://localhost:3000"}/api/trpc` })],
});

// One id for this sign-up, however often it has to be sent: that is what makes a retry safe.
const requestId = randomUUID();

for (let patience = 5; ; patience--) {
  try {
    const { user } = await enlist.createUser.mutate({
      requestId,
      username,
      fullName,
      email,
      password,
    });
    console.log(`${user.username} signed up; the mail is on its way to ${user.email}`);
    break;
  } catch (error) {
    const failure = error instanceof TRPCClientError ? error : null;
    // Without data no answer came; 503 says to come back. Anything else is about the input.
    const passing = !failure?.data || failure.data.code === "SERVICE_UNAVAILABLE";
    if (!passing || patience === 0) {
      console.error(failure?.message ?? error);
      for (const [field, errors] of Object.entries(failure?.data?.fieldErrors ?? {})) {
        console.error(`  ${field}: ${String(errors)}`);
      }
      process.exit(1);
    }
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}
