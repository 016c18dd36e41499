import { useActionState, useState } from "react";
import { Continue } from "../../components/continue.tsx";
import { Field } from "../../components/field.tsx";
import { Submit } from "../../components/submit.tsx";
import { Title } from "../../components/title.tsx";
import { useFocusOnError } from "../../components/use-focus-on-error.ts";
import { DiscardSignup } from "./discard-signup.tsx";
import { ResendByLink } from "./resend-by-link.tsx";
import { submitVerification, tokenOfPage, type VerifyState } from "./submit-verification.ts";

/** Asks to confirm, and for the password if the link was opened in another browser. */
export function VerifyForm({ found }: { found: VerifyState }) {
  const [state, submit, pending] = useActionState(submitVerification, found);
  const [isDiscarding, setDiscarding] = useState(false);
  const form = useFocusOnError(state);

  if (isDiscarding) return <DiscardSignup onBack={() => setDiscarding(false)} />;
  const notMe = (
    <section className="aside" aria-label="Not you?">
      <button type="button" className="secondary" onClick={() => setDiscarding(true)}>
        This was not me
      </button>
    </section>
  );
  if (state.is === "verified") {
    return (
      <>
        <Title>{state.already ? "Already verified" : "You are verified"}</Title>
        <p>Your address is confirmed and your account is ready.</p>
        {state.continueTo ? (
          <Continue to={state.continueTo} token={tokenOfPage() ?? ""} />
        ) : (
          <p>You can close this page.</p>
        )}
      </>
    );
  }
  if (state.is === "dead") {
    return (
      <>
        <Title>This link does not work</Title>
        <p>{state.message}</p>
        {state.token ? (
          <>
            <ResendByLink token={state.token} />
            {notMe}
          </>
        ) : (
          <p>
            <a href="/signup">Go to the sign-up page</a>
          </p>
        )}
      </>
    );
  }
  const { claim, needsPassword, passwordError, message } = state;
  return (
    <>
      <Title>Confirm your address</Title>
      <form ref={form} action={submit} onReset={(event) => event.preventDefault()} noValidate>
        {claim && (
          <p>
            <strong className="address">{claim.email}</strong>, for the account{" "}
            <strong className="address">{claim.username}</strong>.
          </p>
        )}
        {needsPassword ? (
          <>
            <p>
              You signed up in another browser, or this one has kept no cookie from us: please enter
              the password that you chose. Or type the code from the mail on the page where you
              signed up, if it asks for it.
            </p>
            {/* Password managers need the username to choose the right entry. */}
            {claim && (
              <input
                className="unseen"
                name="username"
                autoComplete="username"
                value={claim.username}
                readOnly
                tabIndex={-1}
                aria-hidden="true"
              />
            )}
            <Field
              // oxlint-disable-next-line jsx-a11y/no-autofocus -- it appears as the button is pressed
              autoFocus={state !== found}
              name="password"
              label="The password you chose"
              type="password"
              autoComplete="current-password"
              error={passwordError}
            />
          </>
        ) : (
          <p>One click, and your account is ready.</p>
        )}
        <Submit
          label="Confirm my address"
          pendingLabel="Confirming …"
          pending={pending}
          message={message}
        />
      </form>
      {notMe}
    </>
  );
}
