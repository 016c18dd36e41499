import { useTexts } from "./texts.tsx";
import { Title } from "./title.tsx";

/**
 * Replaces a page that failed, through our fault or because something changed it in the browser.
 */
export function Failed() {
  const texts = useTexts();
  return (
    <>
      <Title>{texts.failed.title}</Title>
      <p>{texts.failed.text}</p>
      <button type="button" onClick={() => window.location.reload()}>
        {texts.loadAgain}
      </button>
      <p className="aside">
        <span>{texts.signUp.already}</span> <a href="/signup/check-inbox">{texts.signUp.seeMail}</a>
      </p>
    </>
  );
}
