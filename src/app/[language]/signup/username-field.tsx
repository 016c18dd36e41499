import { useEffect, useRef, useState, type FormEvent } from "react";
import { Field } from "../../components/field.tsx";

/** Milliseconds after the last key before asking the server. */
const CALM = 400;

/** The username field, with a note on availability; only the sign-up decides. */
export function UsernameField({ error }: { error: string | undefined }) {
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
      setStatus(isFree ? "is free." : "is taken.");
    }, CALM);
  }

  return (
    <Field
      name="username"
      label="Username"
      hint="3 to 100 characters: a–z, 0–9, _. Everyone can see it."
      autoComplete="username"
      autoCapitalize="none"
      spellCheck={false}
      onInput={onInput}
      error={error}
      status={status && `This username ${status}`}
    />
  );
}
