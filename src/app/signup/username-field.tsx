import { useEffect, useRef, useState, type FormEvent } from "react";
import * as z from "zod/mini";
import { usernameSchema } from "#src/shared/signup-schema.ts";
import { trpc } from "#src/trpc/client.ts";
import { Field } from "../field.tsx";

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
    if (!z.safeParse(usernameSchema, username).success) return;
    timer.current = setTimeout(async () => {
      const answer = await trpc.usernameAvailable.query({ username }).catch(() => null);
      // What has been typed meanwhile is another question.
      if (!answer || currentTarget.value !== username) return;
      setStatus(answer.available ? "is free." : "is taken.");
    }, CALM);
  }

  return (
    <Field
      name="username"
      label="Username"
      hint="3 to 100 of a–z, 0–9 and _. Everyone can see it."
      autoComplete="username"
      autoCapitalize="none"
      spellCheck={false}
      onInput={onInput}
      error={error}
      status={status && `This username ${status}`}
    />
  );
}
