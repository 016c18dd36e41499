import { opened } from "#src/web/opened.ts";

/** Where the sign-up page's links lead, as it is built before the environment is known. */
export function GET(): Response {
  const { SIGN_IN_URL: signIn = null } = opened().services.env;
  return Response.json({ signIn }, { headers: { "cache-control": "max-age=60" } });
}

export const dynamic = "force-dynamic";
