import { useEffect, useRef, useState, type FormEvent } from "react";
import { useTexts } from "../../components/texts.tsx";
import { Field } from "../../components/field.tsx";

/** Milliseconds after the last key before asking the server. */
const CALM = 400;

/** The username field, with a note on availability; only the sign-up decides. */
export function UsernameField({ error }: { error: string | undefined }) {
  const texts = useTexts().signUp;
  const [status, setStatus] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  function onInput({ currentTarget }: FormEvent<HTMLInputElement>): void {
    setStatus(null);
    clearTimeout(timer.current);
    const username = currentTarget.value;
    timer.current = setTimeout(async () => {
      // If it cannot be loaded, there is just no note.
      const loaded = await import("./ask-username-available.ts").catch(() => null);
      const isFree = loaded && (await loaded.askUsernameAvailable(username));
      // The username changed meanwhile.
      if (isFree === null || currentTarget.value !== username) return;
      setStatus(isFree ? texts.usernameFree : texts.usernameTaken);
    }, CALM);
  }

  return (
    <Field
      name="username"
      label={texts.username}
      hint={texts.usernameHint}
      dir="ltr"
      autoComplete="username"
      autoCapitalize="none"
      spellCheck={false}
      onInput={onInput}
      error={error}
      status={status}
    />
  );
}
