import { useEffect, useRef, useState, type KeyboardEvent, type MouseEvent } from "react";
import { flushSync, useFormStatus } from "react-dom";
import { loadFieldTexts, loadPasswordAdvice } from "#src/client/texts.ts";
import { useTexts } from "../../components/texts.tsx";
import { Field } from "../../components/field.tsx";
import { Advice } from "./advice.tsx";
import type { Rating } from "./watch-password.ts";

/** The password field: can be revealed, rates as you type, and warns about Caps Lock. */
export function PasswordField({ error }: { error: string | undefined }) {
  const texts = useTexts().signUp;
  const input = useRef<HTMLInputElement>(null);
  const [shown, toggle] = useShown(input);
  const [capsLock, setCapsLock] = useState(false);
  const [rating, startRating] = useRating(input);
  const noticeCapsLock = (event: KeyboardEvent | MouseEvent) =>
    setCapsLock(event.getModifierState("CapsLock"));

  return (
    <Field
      ref={input}
      name="password"
      label={texts.password}
      hint={texts.passwordHint}
      type={shown ? "text" : "password"}
      dir="ltr"
      autoComplete="new-password"
      autoCapitalize="none"
      spellCheck={false}
      onFocus={startRating}
      onKeyDown={noticeCapsLock}
      onKeyUp={noticeCapsLock}
      onClick={noticeCapsLock}
      onBlur={() => setCapsLock(false)}
      error={error}
      beside={<output className="beside">{capsLock && texts.capsLock}</output>}
      action={
        // The focus stays in the field.
        <button type="button" className="reveal" onMouseDown={keepFocus} onClick={toggle}>
          <span aria-hidden="true">{shown ? texts.hide : texts.show}</span>
          <span className="unseen">{shown ? texts.hidePassword : texts.showPassword}</span>
        </button>
      }
      status={rating && <Advice>{rating.advice}</Advice>}
    >
      {/* The text below says the same. */}
      <span className="meter" data-level={rating?.level} aria-hidden="true" />
    </Field>
  );
}

function keepFocus(event: MouseEvent): void {
  event.preventDefault();
}

/** Whether the password is visible. Hidden on submit, because browsers remember text fields. */
function useShown(input: React.RefObject<HTMLInputElement | null>) {
  const [shown, setShown] = useState(false);
  const { pending } = useFormStatus();
  if (pending && shown) setShown(false);

  function toggle(): void {
    const { selectionStart = null, selectionEnd = null } = input.current ?? {};
    flushSync(() => setShown(!shown));
    // Changing the type may move the caret. In Safari, setting it takes the focus.
    if (input.current === document.activeElement) {
      input.current?.setSelectionRange(selectionStart, selectionEnd);
    }
  }
  return [shown, toggle] as const;
}

/** The rating of the password, once the field has been used. */
function useRating(input: React.RefObject<HTMLInputElement | null>) {
  const [rating, setRating] = useState<Rating | null>(null);
  const [used, setUsed] = useState(false);

  useEffect(() => {
    const form = input.current?.form;
    if (!used || !form) return undefined;
    let gone = false;
    let stop = () => {};
    Promise.all([import("./watch-password.ts"), loadPasswordAdvice(), loadFieldTexts()]).then(
      ([{ watchPassword }, advice, fields]) => {
        if (!gone) stop = watchPassword(form, { advice, fields }, setRating);
      },
      () => setUsed(false), // No meter; the next use of the field retries.
    );
    return () => {
      gone = true;
      stop();
    };
  }, [input, used]);

  return [rating, () => setUsed(true)] as const;
}
