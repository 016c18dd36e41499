"use client";

import { useActionState, useEffect, useRef, useState } from "react";
import { Field } from "../field.tsx";
import { Submit } from "../submit.tsx";
import { DiscardSignup } from "./discard-signup.tsx";
import { RenewMail } from "./renew-mail.tsx";
import { submitVerification, type VerifyState } from "./submit-verification.ts";

/** Asks to confirm, and for the password where the link was opened in another browser. */
export function VerifyForm() {
  const [state, submit, pending] = useActionState<VerifyState, FormData>(submitVerification, {
    is: "open",
    needsPassword: false,
  });
  const [isDiscarding, setDiscarding] = useState(false);
  const region = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const target = state.is === "open" ? "input, [role=alert]" : "h1";
    if (state.is !== "open" || state.needsPassword || state.message) {
      region.current?.querySelector<HTMLElement>(target)?.focus();
    }
  }, [state]);

  if (isDiscarding) return <DiscardSignup onBack={() => setDiscarding(false)} />;

  return (
    <div ref={region}>
      {state.is === "verified" && (
        <>
          <h1 tabIndex={-1}>{state.already ? "Already verified" : "You are verified"}</h1>
          <p>
            Your address is confirmed and your account is ready. You can close this page; the one
            you signed up on knows it too.
          </p>
        </>
      )}
      {state.is === "dead" && (
        <>
          <h1 tabIndex={-1}>This link does not work</h1>
          <p>{state.message}</p>
          {state.token ? (
            <RenewMail token={state.token} />
          ) : (
            <p>
              <a href="/signup">Go to the sign-up page</a>
            </p>
          )}
        </>
      )}
      {state.is === "open" && (
        <>
          <h1>Confirm your address</h1>
          <form action={submit} onReset={(event) => event.preventDefault()} noValidate>
            {state.needsPassword ? (
              <>
                <p>You opened this link in another browser than the one you signed up in.</p>
                <Field
                  name="password"
                  label="The password you chose"
                  type="password"
                  autoComplete="current-password"
                  error={state.passwordError}
                />
              </>
            ) : (
              <p>One click, and your account is ready.</p>
            )}
            <Submit
              label="Confirm my address"
              pendingLabel="Confirming …"
              pending={pending}
              message={state.message}
            />
          </form>
          <section className="aside" aria-label="Not you?">
            <button type="button" className="secondary" onClick={() => setDiscarding(true)}>
              This was not me
            </button>
          </section>
        </>
      )}
    </div>
  );
}
