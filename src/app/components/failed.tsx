import { Title } from "./title.tsx";

/** Stands in for a page that has failed: by a fault of ours, or of what rewrote it in the browser. */
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
