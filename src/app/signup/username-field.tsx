import { useEffect, useRef, useState, type FormEvent } from "react";
import { Field } from "../components/field.tsx";

/** Milliseconds after the last key before the server is asked. */
const CALM = 400;

/** The username, with whether it is free: a hint, as the sign-up alone decides. */
export function UsernameField({ error }: { error: string | undefined }) {
  const [status, setStatus] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  function onInput({ currentTarget }: FormEvent<HTMLInputElement>): void {
    setStatus(null);
    clearTimeout(timer.current);
    const username = currentTarget.value;
    timer.current = setTimeout(async () => {
      // Without it there is no hint, and nothing else is missing.
      const loaded = await import("./is-username-free.ts").catch(() => null);
      const isFree = loaded && (await loaded.isUsernameFree(username));
      // What has been typed meanwhile is another question.
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
