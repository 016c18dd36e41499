"use client";

import { useActionState, useEffect, useState } from "react";
import type { SignupField } from "#src/shared/signup-fields.ts";
import { Field } from "../../components/field.tsx";
import { restoreTyped } from "../../components/kept-input.ts";
import { isThere, loadAgain } from "../../components/load-again.ts";
import { Submit } from "../../components/submit.tsx";
import { useTexts } from "../../components/texts.tsx";
import { useFocusOnError } from "../../components/use-focus-on-error.ts";
import type { AskedFields } from "./asked-fields.ts";
import { EmailField } from "./email-field.tsx";
import type { Invitation } from "./inspect-invitation.ts";
import { loadAhead, submitWhenLoaded, UNTOUCHED } from "./load-submit-signup.ts";
import type { SignupState } from "./submit-signup.ts";
import { PasswordField } from "./password-field.tsx";
import { SignedUp } from "./signed-up.tsx";
import { TermsField } from "./terms-field.tsx";
import { UsernameField } from "./username-field.tsx";

/** The status page. */
const CHECK_INBOX = "/signup/check-inbox?sent";

interface SignupFormProps {
  asked: AskedFields;
  invitation?: Invitation;
}

/** The sign-up form. After a failure, the input stays and sending again is safe. */
export function SignupForm({ asked, invitation }: SignupFormProps) {
  const { signUp: texts, loadAgain: loadAgainText } = useTexts();
  const [state, submit, pending] = useActionState(
    (_: SignupState, typed: FormData) =>
      submitWhenLoaded({ asked, invitation: invitation?.token }, typed),
    UNTOUCHED,
  );
  const element = useFocusOnError(state);
  const { form, terms, extra } = asked;
  const [isStranded, setStranded] = useState(false);
  const next = state.is === "sent" ? nextPage(state) : CHECK_INBOX;

  useEffect(restoreTyped, []);

  useEffect(() => {
    const load = () => void (element.current && loadAhead(element.current));
    element.current?.addEventListener("focusin", load, { once: true });
  }, [element]);

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
        ref={element}
        action={submit}
        onReset={(event) => event.preventDefault()}
        onInput={({ target }) => {
          const input = target as HTMLInputElement;
          const name = input.name === extra?.input ? "extra" : input.name;
          if (isEdited(name)) return;
          const others = edited.since === state ? edited.names : [];
          setEdited({ since: state, names: new Set([...others, name]) });
        }}
        noValidate
        aria-busy={pending}
      >
        {form.usernames === "on" && <UsernameField error={errorOf("username")} />}
        {form.fullNames !== "off" && (
          <Field
            name="fullName"
            label={form.fullNames === "optional" ? texts.fullNameOptional : texts.fullName}
            dir="auto"
            autoComplete="name"
            error={errorOf("fullName")}
          />
        )}
        {invitation?.email === undefined ? (
          <EmailField error={errorOf("email")} />
        ) : (
          <EmailField
            defaultValue={invitation.email}
            readOnly
            hint={texts.emailInvited}
            error={errorOf("email")}
          />
        )}
        <PasswordField error={errorOf("password")} />
        {extra && <ExtraField {...extra} error={errorOf("extra")} />}
        {terms && <TermsField terms={terms} error={errorOf("acceptedTerms")} />}
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

/** The status page, which learns by the cookie all but this. */
function nextPage({ earlier, verified }: Extract<SignupState, { is: "sent" }>): string {
  return [CHECK_INBOX, earlier && "earlier", verified && "verified"].filter(Boolean).join("&");
}

type ExtraFieldProps = NonNullable<AskedFields["extra"]> & { error: string | undefined };

/** The field of the adopter's own. */
function ExtraField({ input, label, hint, autoComplete, written, error }: ExtraFieldProps) {
  const texts = { label, ...(hint === undefined ? {} : { hint }), written };
  return <Field name={input} {...texts} dir="auto" autoComplete={autoComplete} error={error} />;
}
