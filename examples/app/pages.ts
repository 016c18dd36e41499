import { html, raw } from "hono/html";

const STYLE = `
  :root { color-scheme: light dark; --paper: #fff; --ink: #1c1c1c; --line: #767676; --accent: #1a4fd6; }
  @media (prefers-color-scheme: dark) {
    :root { --paper: #161616; --ink: #ececec; --line: #8c8c8c; --accent: #9db8ff; }
  }
  html { background: var(--paper); color: var(--ink); font: 1.0625rem/1.5 system-ui, sans-serif; }
  main { max-width: 22rem; margin: 12vh auto; padding: 0 1rem; overflow-wrap: anywhere; }
  h1 { line-height: 1.2; }
  a { color: var(--accent); }
  label { display: block; margin: 1rem 0; }
  input, button, .button { display: block; box-sizing: border-box; width: 100%; padding: 0.6rem 0.75rem;
    border: 1px solid var(--line); border-radius: 0.5rem; background: var(--paper); color: inherit; font: inherit; }
  button, .button { margin: 1.25rem 0; border-color: var(--accent); background: var(--accent);
    color: var(--paper); text-align: center; text-decoration: none; cursor: pointer; }
  .why { padding-left: 0.75rem; border-left: 4px solid var(--accent); }
`;

const page = (title: string, body: unknown) =>
  html`<!doctype html>
    <html lang="en">
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width" />
      <title>${title}</title>
      <link rel="icon" href="data:," />
      <style>
        ${raw(STYLE)}
      </style>
      <main>
        <h1>${title}</h1>
        ${body}
      </main>
    </html>`;

/** The front page, for anyone. */
export const frontPage = () =>
  page(
    "An example",
    html`<p>Its accounts come from Enlist, its sign-in from Better Auth.</p>
      <a class="button" href="/sign-up">Sign up</a>
      <p>Do you have an account? <a href="/sign-in">Sign in</a></p>`,
  );

/** The front page of someone who is signed in. */
export const homePage = (name: string) =>
  page(
    `Welcome, ${name}`,
    html`<p>You are signed in.</p>
      <form method="post" action="/sign-out"><button>Sign out</button></form>`,
  );

/** The form to sign in. @param why it is shown, in a sentence @param login what was typed before */
export const signInPage = (why?: string, login = "") =>
  page(
    "Sign in",
    html`${why && html`<p class="why" role="alert">${why}</p>`}
      <form method="post" action="/sign-in">
        <label
          >Username or e-mail address
          <input
            name="login"
            value="${login}"
            autocomplete="username"
            autocapitalize="none"
            required
          />
        </label>
        <label
          >Password
          <input name="password" type="password" autocomplete="current-password" required />
        </label>
        <button>Sign in</button>
      </form>
      <p>New here? <a href="/sign-up">Sign up</a></p>`,
  );
