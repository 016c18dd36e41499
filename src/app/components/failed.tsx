import { Title } from "./title.tsx";

/**
 * Replaces a page that failed, through our fault or because something changed it in the browser.
 */
export function Failed() {
  return (
    <>
      <Title>Something went wrong</Title>
      <p>
        It is not your fault, and what you had sent still stands: if you have signed up, your mail
        comes all the same.
      </p>
      <button type="button" onClick={() => window.location.reload()}>
        Load the page again
      </button>
      <p className="aside">
        Signed up already? <a href="/signup/check-inbox">See where your mail is</a>
      </p>
    </>
  );
}
