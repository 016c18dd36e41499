import { html, raw } from "hono/html";

const STYLE = `
  :root { color-scheme: light dark; font: 1.0625rem/1.5 system-ui, sans-serif; --line: light-dark(#767676, #8c8c8c); }
  body { max-width: 22rem; margin: 12vh auto; padding: 0 1.25rem; overflow-wrap: anywhere; }
  h1 { font-size: 1.75rem; line-height: 1.2; }
  label { display: block; margin: 1rem 0; }
  input, button, .button { box-sizing: border-box; width: 100%; padding: 0.625rem 0.75rem; font: inherit;
    border: 1px solid var(--line); border-radius: 0.5rem; }
  button, .button { display: block; margin: 1rem 0; text-align: center; text-decoration: none; cursor: pointer;
    color: light-dark(#fff, #111); background: light-dark(#1a4fd6, #9db8ff); border-color: transparent; }
  a { color: light-dark(#1a4fd6, #9db8ff); }
  [role="alert"] { padding: 0.75rem 1rem; border-left: 4px solid light-dark(#1a4fd6, #9db8ff); background: light-dark(#eef2fd, #1d2436); }
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
    html`${why && html`<p role="alert">${why}</p>`}
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
