import { useActionState } from "react";
import { toFailure, trpc } from "#src/client/client.ts";
import { Submit } from "../../components/submit.tsx";
import { useTexts } from "../../components/texts.tsx";
import { Title } from "../../components/title.tsx";
import { tokenOfPage } from "./submit-verification.ts";

type DiscardState = { is: "open"; message?: string } | { is: "discarded" };

/**
 * Deletes a sign-up by someone else with this address. Two clicks, because scanners press buttons.
 */
export function DiscardSignup({ onBack }: { onBack: () => void }) {
  const texts = useTexts().discard;
  const [state, discard, pending] = useActionState<DiscardState>(submitDiscard, { is: "open" });
  if (state.is === "discarded") {
    return (
      <>
        <Title>{texts.doneTitle}</Title>
        <p>{texts.done}</p>
      </>
    );
  }
  return (
    <>
      <Title>{texts.title}</Title>
      <p>{texts.text}</p>
      <form action={discard}>
        <Submit
          label={texts.submit}
          pendingLabel={texts.submitting}
          pending={pending}
          message={state.message}
        />
      </form>
      <section className="aside" aria-label={texts.back}>
        <button type="button" className="secondary" onClick={onBack}>
          {texts.back}
        </button>
      </section>
    </>
  );
}

/** Deletes the sign-up. Never throws. */
async function submitDiscard(): Promise<DiscardState> {
  try {
    await trpc.discardSignup.mutate({ token: tokenOfPage() ?? "" });
    return { is: "discarded" };
  } catch (error) {
    const { message, fieldErrors } = toFailure(error);
    return { is: "open", message: fieldErrors.token?.[0] ?? message };
  }
}
