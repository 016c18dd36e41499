import { useActionState, useState } from "react";
import { Address } from "../../components/address.tsx";
import { Continue } from "../../components/continue.tsx";
import { Field } from "../../components/field.tsx";
import { Submit } from "../../components/submit.tsx";
import { useTexts } from "../../components/texts.tsx";
import { Title } from "../../components/title.tsx";
import { useFocusOnError } from "../../components/use-focus-on-error.ts";
import { DiscardSignup } from "./discard-signup.tsx";
import { ResendByLink } from "./resend-by-link.tsx";
import { submitVerification, tokenOfPage, type VerifyState } from "./submit-verification.ts";

/** Asks to confirm, and for the password if the link was opened in another browser. */
export function VerifyForm({ found }: { found: VerifyState }) {
  const { verify: texts, verified, signUp } = useTexts();
  const [state, submit, pending] = useActionState(submitVerification, found);
  const [isDiscarding, setDiscarding] = useState(false);
  const form = useFocusOnError(state);

  if (isDiscarding) return <DiscardSignup onBack={() => setDiscarding(false)} />;
  const notMe = (
    <section className="aside" aria-label={texts.notMeLabel}>
      <button type="button" className="secondary" onClick={() => setDiscarding(true)}>
        {texts.notMe}
      </button>
    </section>
  );
  if (state.is === "verified") {
    return (
      <>
        <Title>{state.already ? verified.already : verified.title}</Title>
        <p>{verified.ready}</p>
        {state.continueTo ? (
          <Continue to={state.continueTo} token={tokenOfPage() ?? ""} />
        ) : (
          <p>{verified.close}</p>
        )}
      </>
    );
  }
  if (state.is === "dead") {
    return (
      <>
        <Title>{texts.deadTitle}</Title>
        <p>{state.message}</p>
        {state.token ? (
          <>
            <ResendByLink token={state.token} />
            {notMe}
          </>
        ) : (
          <p>
            <a href="/signup">{signUp.goTo}</a>
          </p>
        )}
      </>
    );
  }
  const { claim, needsPassword, passwordError, message } = state;
  return (
    <>
      <Title>{texts.title}</Title>
      <form ref={form} action={submit} onReset={(event) => event.preventDefault()} noValidate>
        {claim && (
          <p>
            {claim.username === null ? (
              <Address>{claim.email}</Address>
            ) : (
              texts.addressOfAccount(
                <Address>{claim.email}</Address>,
                <Address>{claim.username}</Address>,
              )
            )}
          </p>
        )}
        {needsPassword ? (
          <>
            <p>{texts.otherBrowser}</p>
            {/* Password managers need the username to choose the right entry. */}
            {claim && (
              <input
                className="unseen"
                name="username"
                autoComplete="username"
                value={claim.username ?? claim.email}
                readOnly
                tabIndex={-1}
                aria-hidden="true"
              />
            )}
            <Field
              // oxlint-disable-next-line jsx-a11y/no-autofocus -- it appears as the button is pressed
              autoFocus={state !== found}
              name="password"
              label={texts.password}
              type="password"
              dir="ltr"
              autoComplete="current-password"
              error={passwordError}
            />
          </>
        ) : (
          <p>{texts.oneClick}</p>
        )}
        <Submit
          label={texts.submit}
          pendingLabel={texts.submitting}
          pending={pending}
          message={message}
        />
      </form>
      {notMe}
    </>
  );
}
