"use client";

import { useRouter } from "next/navigation";
import { useActionState, useEffect, useRef } from "react";
import { SIGNUP_FIELDS, type SignupField } from "#src/shared/signup-schema.ts";
import { Field } from "../field.tsx";
import { Submit } from "../submit.tsx";
import { submitSignup, type SignupState } from "./submit-signup.ts";

const FIELDS: Record<SignupField, Omit<React.ComponentProps<typeof Field>, "name" | "error">> = {
  username: {
    label: "Username",
    hint: "3 to 100 of a–z, 0–9 and _. Everyone can see it.",
    autoComplete: "username",
    autoCapitalize: "none",
    spellCheck: false,
  },
  fullName: { label: "Your name", autoComplete: "name" },
  email: {
    label: "E-mail address",
    type: "email",
    autoComplete: "email",
    autoCapitalize: "none",
    spellCheck: false,
  },
  password: {
    label: "Password",
    hint: "At least 8 characters. A few unusual words make a good one.",
    type: "password",
    autoComplete: "new-password",
  },
};

/** The page that follows. */
const CHECK_INBOX = "/signup/check-inbox";

/** The sign-up form. Whatever fails, what was typed stays, and sending it again is safe. */
export function SignupForm() {
  const [state, submit, pending] = useActionState<SignupState, FormData>(submitSignup, {
    is: "open",
    errors: {},
  });
  const form = useRef<HTMLFormElement>(null);
  const router = useRouter();

  useEffect(() => {
    if (pending) router.prefetch(CHECK_INBOX);
  }, [pending, router]);

  useEffect(() => {
    if (state.is === "sent") {
      router.push(state.earlier ? `${CHECK_INBOX}?earlier` : CHECK_INBOX);
      return;
    }
    const target = state.message ? "[role=alert]" : "[aria-invalid=true]";
    form.current?.querySelector<HTMLElement>(target)?.focus();
  }, [state, router]);

  const errors = state.is === "open" ? state.errors : {};
  return (
    <>
      <h1>Create your account</h1>
      {/* The reset that React does after an action would throw away what was typed. */}
      <form
        ref={form}
        action={submit}
        onReset={(event) => event.preventDefault()}
        noValidate
        aria-busy={pending}
      >
        {SIGNUP_FIELDS.map((name) => (
          <Field key={name} name={name} error={errors[name]} {...FIELDS[name]} />
        ))}
        <Submit
          label="Sign up"
          pendingLabel="Signing up …"
          pending={pending || state.is === "sent"}
          message={state.is === "open" ? state.message : undefined}
        />
      </form>
    </>
  );
}
