import { html, raw } from "hono/html";
import type { Texts } from "./texts.ts";

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
  .why { padding-inline-start: 0.75rem; border-inline-start: 4px solid var(--accent); }
`;

/** What a page is written in. */
export interface Words {
  /** A key of TEXTS. */
  language: string;
  texts: Texts;
}

const page = ({ language }: Words, title: string, body: unknown) =>
  html`<!doctype html>
    <html lang="${language}" dir="${language === "ar" ? "rtl" : "ltr"}">
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
export const frontPage = (words: Words) => {
  const { title, about, signUp, account, signIn } = words.texts;
  return page(
    words,
    title,
    html`<p>${about}</p>
      <a class="button" href="/sign-up">${signUp}</a>
      <p>${account} <a href="/sign-in">${signIn}</a></p>`,
  );
};

/** The front page of someone who is signed in. */
export const homePage = (words: Words, name: string) =>
  page(
    words,
    words.texts.welcome(name),
    html`<p>${words.texts.signedIn}</p>
      <form method="post" action="/sign-out"><button>${words.texts.signOut}</button></form>`,
  );

/** The form to sign in. @param why it is shown, in a sentence @param typed what was typed before */
export const signInPage = (words: Words, why?: string, typed = "") => {
  const { signIn, login, password, isNew, signUp } = words.texts;
  return page(
    words,
    signIn,
    html`${why && html`<p class="why" role="alert">${why}</p>`}
      <form method="post" action="/sign-in">
        <label
          >${login}
          <input
            name="login"
            dir="ltr"
            value="${typed}"
            autocomplete="username"
            autocapitalize="none"
            required
          />
        </label>
        <label
          >${password}
          <input
            name="password"
            dir="ltr"
            type="password"
            autocomplete="current-password"
            required
          />
        </label>
        <button>${signIn}</button>
      </form>
      <p>${isNew} <a href="/sign-up">${signUp}</a></p>`,
  );
};
