// Signs up over HTTP with the package @enlist/client, outside the browser:
//   node --import tsx examples/sign-up.ts alice "Alice Liddell" alice@example.com "a good password"
// An application imports from "@enlist/client" instead: src/api-client/README.md.
import { createClient, EnlistError } from "#src/api-client/index.ts";

const [username, fullName, email, password] = process.argv.slice(2);
if (!username || !fullName || !email || !password) {
  console.error("usage: sign-up.ts USERNAME FULL_NAME EMAIL PASSWORD");
  process.exit(2);
}

const enlist = createClient({ url: process.env.ENLIST_URL ?? "http://localhost:3000" });

try {
  // It keeps one requestId over its retries: that is what makes a retry safe.
  const { user } = await enlist.signUp({ username, fullName, email, password });
  console.log(`${user.username} signed up; the mail is on its way to ${user.email}`);
} catch (error) {
  if (!(error instanceof EnlistError)) throw error;
  console.error(error.message);
  for (const [field, violations] of Object.entries(error.fieldErrors)) {
    console.error(`  ${field}: ${String(violations)}`);
  }
  process.exit(1);
}
