"use client";

import { useRouter } from "next/navigation";
import { useActionState, useEffect, useState } from "react";
import type { SignupField } from "#src/shared/signup-schema.ts";
import { Field } from "../field.tsx";
import { Submit } from "../submit.tsx";
import { useFocusOnError } from "../use-focus-on-error.ts";
import { EmailField } from "./email-field.tsx";
import { loadSubmitSignup, submitWhenLoaded, UNTOUCHED } from "./load-submit-signup.ts";
import { PasswordField } from "./password-field.tsx";
import { UsernameField } from "./username-field.tsx";

/** The page that follows. */
const CHECK_INBOX = "/signup/check-inbox";

/** The sign-up form. Whatever fails, what was typed stays, and sending it again is safe. */
export function SignupForm() {
  const [state, submit, pending] = useActionState(submitWhenLoaded, UNTOUCHED);
  const form = useFocusOnError(state);
  const router = useRouter();

  useEffect(() => {
    // What fails is tried again when it is sent. The next page is not fetched ahead: a script of it that
    // failed then would be missing for good, and a sign-up that had gone through would end in an error.
    const load = () => void loadSubmitSignup().catch(() => {});
    form.current?.addEventListener("focusin", load, { once: true });
  }, [form]);

  useEffect(() => {
    if (state.is !== "sent") return;
    router.push(state.earlier ? `${CHECK_INBOX}?earlier` : CHECK_INBOX);
  }, [state, router]);

  // What is being mended is not wrong any more, until the next answer says so.
  const [edited, setEdited] = useState({ since: state, names: new Set<string>() });
  const isEdited = (name: string) => edited.since === state && edited.names.has(name);
  const errorOf = (name: SignupField) =>
    state.is === "open" && !isEdited(name) ? state.errors[name] : undefined;
  return (
    <>
      <h1>Create your account</h1>
      {/* The reset that React does after an action would throw away what was typed. */}
      <form
        ref={form}
        action={submit}
        onReset={(event) => event.preventDefault()}
        onInput={({ target }) => {
          const { name } = target as HTMLInputElement;
          if (isEdited(name)) return;
          const others = edited.since === state ? edited.names : [];
          setEdited({ since: state, names: new Set([...others, name]) });
        }}
        noValidate
        aria-busy={pending}
      >
        <UsernameField error={errorOf("username")} />
        <Field name="fullName" label="Your name" autoComplete="name" error={errorOf("fullName")} />
        <EmailField error={errorOf("email")} />
        <PasswordField error={errorOf("password")} />
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
