import { domainToASCII } from "node:url";
import { Hono, type Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import { setCookie } from "hono/cookie";
import { csrf } from "hono/csrf";
import { HTTPException } from "hono/http-exception";
import { languageDetector, type LanguageVariables } from "hono/language";
import { secureHeaders } from "hono/secure-headers";
import { Webhook } from "standardwebhooks";
import { z } from "zod";
import { auth } from "./auth.ts";
import { APP_URL, ENLIST_URL, WEBHOOK_SECRET } from "./env.ts";
import { frontPage, homePage, signInPage, type Words } from "./pages.ts";
import { pool } from "./pool.ts";
import { forgetState, isOwnState, keepState } from "./sign-up-state.ts";
import { swapCode } from "./swap-code.ts";
import { syncUser } from "./sync-user.ts";
import { LANGUAGES, TEXTS } from "./texts.ts";

/** The cookie that keeps the language. */
const LANGUAGE = "language";

const signInForm = z.object({ login: z.string().catch(""), password: z.string().catch("") });
const webhook = new Webhook(WEBHOOK_SECRET);

/** All that the application answers. */
export const app = new Hono<{ Variables: LanguageVariables }>();
app.use(
  secureHeaders({
    referrerPolicy: "same-origin",
    strictTransportSecurity: false, // It would hold for the whole domain: your proxy's to say.
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      imgSrc: ["data:"],
      styleSrc: ["'unsafe-inline'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
    },
  }),
  csrf({ origin: new URL(APP_URL).origin }),
  bodyLimit({ maxSize: 64 * 1024 }),
  languageDetector({
    supportedLanguages: LANGUAGES,
    fallbackLanguage: "en",
    order: ["cookie", "header"],
    lookupCookie: LANGUAGE,
    ignoreCase: true,
    caches: false,
  }),
);

app.get("/", async (c) => {
  const user = await signedIn(c);
  return c.html(user ? homePage(wordsOf(c), user.name) : frontPage(wordsOf(c)));
});

app.get("/sign-up", (c) => {
  const there = new URL(`/${c.get("language")}/signup`, ENLIST_URL);
  there.searchParams.set("return_to", new URL("/welcome", APP_URL).href);
  there.searchParams.set("state", keepState(c));
  return c.redirect(there.href);
});

// The way back from Enlist. A code without this browser's state could be a stranger's.
app.get("/welcome", async (c) => {
  if (await signedIn(c)) return c.redirect("/");
  const words = wordsOf(c);
  const { code, state = "" } = c.req.query();
  if (!code) return c.html(signInPage(words, words.texts.ready));
  if (!(await isOwnState(c, state))) return c.html(signInPage(words, words.texts.elsewhere), 400);
  const user = await swapCode(code, state);
  if (!user || !(await syncUser(user.id))) return c.html(signInPage(words, words.texts.used), 400);
  forgetState(c);
  // From now on in the language that the person has chosen there.
  setCookie(c, LANGUAGE, user.language, { maxAge: 365 * 24 * 60 * 60, sameSite: "Lax" });
  const { headers } = await auth.api.openSession({
    ...{ body: { userId: user.id }, headers: c.req.raw.headers, returnHeaders: true },
  });
  return goHome(c, headers);
});

app.get("/sign-in", async (c) => {
  return (await signedIn(c)) ? c.redirect("/") : c.html(signInPage(wordsOf(c)));
});

app.post("/sign-in", async (c) => {
  const { login, password } = signInForm.parse(await c.req.parseBody().catch(() => ({})));
  const answer = await signIn(c, login, password);
  if (answer.ok) return goHome(c, answer.headers);
  const isTooOften = answer.status === 429;
  const words = wordsOf(c);
  const { tooOften, wrong } = words.texts;
  return c.html(signInPage(words, isTooOften ? tooOften : wrong, login), isTooOften ? 429 : 401);
});

app.post("/sign-out", async (c) => goHome(c, (await callAuth(c, "/sign-out", {})).headers));

app.post("/webhooks/enlist", async (c) => {
  let event: { type: string; data: { user: { id: string } } };
  try {
    event = webhook.verify(await c.req.text(), c.req.header()) as typeof event;
  } catch {
    return c.text("This is not signed with WEBHOOK_SECRET, or too long ago.", 401);
  }
  if (!/^user\.(verified|deleted)$/.test(event.type)) return c.body(null, 204);
  const isHere = await syncUser(event.data.user.id);
  // If a deleted user still has the address or the name: Enlist sends a 409 again.
  return c.body(null, isHere === (event.type === "user.verified") ? 204 : 409);
});

app.onError((error, c) => {
  if (error instanceof HTTPException) return error.getResponse();
  console.error(error);
  return c.text("Something went wrong here. Please try again.", 500);
});

/** The texts in the language of the cookie, or of the browser. */
function wordsOf(c: Context<{ Variables: LanguageVariables }>): Words {
  const language = c.get("language");
  return { language, texts: TEXTS[language]! };
}

async function signedIn(c: Context) {
  return (await auth.api.getSession({ headers: c.req.raw.headers }))?.user;
}

/** Calls Better Auth as its own routes are called, with its limits on attempts. */
function callAuth(c: Context, path: string, body: object): Promise<Response> {
  const headers = new Headers(c.req.raw.headers);
  headers.set("content-type", "application/json");
  const url = new URL(`/api/auth${path}`, APP_URL);
  return auth.handler(new Request(url, { method: "POST", headers, body: JSON.stringify(body) }));
}

/** Goes to the front page with the cookies that Better Auth has set. */
function goHome(c: Context, headers: Headers): Response {
  for (const cookie of headers.getSetCookie()) c.header("set-cookie", cookie, { append: true });
  return c.redirect("/", 303);
}

/** Signs in by the username; by the address if Enlist asks for no usernames. */
async function signIn(c: Context, login: string, password: string): Promise<Response> {
  const { username, email } = await find(login);
  return username === null
    ? callAuth(c, "/sign-in/email", { email, password })
    : callAuth(c, "/sign-in/username", { username, password });
}

/** Who has this username or address; a username that nobody can have if there is no one. */
async function find(login: string): Promise<{ username: string | null; email: string }> {
  // Enlist keeps a domain as ASCII. PostgreSQL takes no NUL.
  const typed = login.trim().replaceAll("\0", "").normalize("NFC");
  const { rows } = await pool.query<{ username: string | null; email: string }>(
    `select username, email from "user" where username = lower($1) or email = lower($1)`,
    [typed.replace(/(?<=@)[^@]+$/, (domain) => domainToASCII(domain))],
  );
  return rows[0] ?? { username: "no.one", email: "" };
}
