"use client";

import { useActionState, useEffect, useState } from "react";
import type { SignupField } from "#src/shared/signup-schema.ts";
import { Field } from "../../components/field.tsx";
import { restoreTyped } from "../../components/kept-input.ts";
import { isThere, loadAgain } from "../../components/load-again.ts";
import { Submit } from "../../components/submit.tsx";
import { useTexts } from "../../components/texts.tsx";
import { useFocusOnError } from "../../components/use-focus-on-error.ts";
import { EmailField } from "./email-field.tsx";
import { loadAhead, submitWhenLoaded, UNTOUCHED } from "./load-submit-signup.ts";
import { PasswordField } from "./password-field.tsx";
import { SignedUp } from "./signed-up.tsx";
import { UsernameField } from "./username-field.tsx";

/** The status page. */
const CHECK_INBOX = "/signup/check-inbox?sent";

/** The sign-up form. After a failure, the input stays and sending again is safe. */
export function SignupForm() {
  const { signUp: texts, loadAgain: loadAgainText } = useTexts();
  const [state, submit, pending] = useActionState(submitWhenLoaded, UNTOUCHED);
  const form = useFocusOnError(state);
  const [isStranded, setStranded] = useState(false);
  const next = state.is === "sent" && state.earlier ? `${CHECK_INBOX}&earlier` : CHECK_INBOX;

  useEffect(restoreTyped, []);

  useEffect(() => {
    const load = () => void (form.current && loadAhead(form.current));
    form.current?.addEventListener("focusin", load, { once: true });
  }, [form]);

  useEffect(() => {
    if (state.is !== "sent") return undefined;
    // A full load, because this build may be gone by now; and only if the server responds.
    void (async () => {
      if (await isThere(next)) window.location.assign(next);
      else setStranded(true);
    })();
    // Someone who returns wants the form, not the browser's cached page of a finished sign-up.
    const comeBack = ({ persisted }: PageTransitionEvent) => persisted && loadAgain();
    window.addEventListener("pageshow", comeBack);
    return () => window.removeEventListener("pageshow", comeBack);
  }, [state, next]);

  // Hide an error once its field is edited, until the next answer.
  const [edited, setEdited] = useState({ since: state, names: new Set<string>() });
  const isEdited = (name: string) => edited.since === state && edited.names.has(name);
  const errorOf = (name: SignupField) =>
    state.is === "open" && !isEdited(name) ? state.errors[name] : undefined;
  if (isStranded && state.is === "sent") return <SignedUp {...state} next={next} />;
  return (
    <>
      <h1>{texts.title}</h1>
      {/* React resets forms after an action, which would discard the input. */}
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
        <Field
          name="fullName"
          label={texts.fullName}
          dir="auto"
          autoComplete="name"
          error={errorOf("fullName")}
        />
        <EmailField error={errorOf("email")} />
        <PasswordField error={errorOf("password")} />
        <Submit
          label={texts.submit}
          pendingLabel={texts.submitting}
          pending={pending || state.is === "sent"}
          message={state.is === "open" ? state.message : undefined}
        />
        {state.is === "open" && state.isOutdated && (
          <button type="button" className="secondary" onClick={loadAgain}>
            {loadAgainText}
          </button>
        )}
      </form>
    </>
  );
}
