import { useActionState } from "react";
import { toFailure, trpc } from "#src/client/client.ts";
import { Submit } from "../../components/submit.tsx";
import { Title } from "../../components/title.tsx";
import { tokenOfPage } from "./submit-verification.ts";

type DiscardState = { is: "open"; message?: string } | { is: "discarded" };

/**
 * Deletes a sign-up by someone else with this address. Two clicks, because scanners press buttons.
 */
export function DiscardSignup({ onBack }: { onBack: () => void }) {
  const [state, discard, pending] = useActionState<DiscardState>(submitDiscard, { is: "open" });
  if (state.is === "discarded") {
    return (
      <>
        <Title>The sign-up is deleted</Title>
        <p>Everything about it is gone, and its link no longer works. You can close this page.</p>
      </>
    );
  }
  return (
    <>
      <Title>This was not you?</Title>
      <p>
        Somebody entered your address, perhaps by mistake. Without your confirmation there is no
        account. You can also delete the sign-up now; whoever made it has to start anew.
      </p>
      <form action={discard}>
        <Submit
          label="Delete this sign-up"
          pendingLabel="Deleting …"
          pending={pending}
          message={state.message}
        />
      </form>
      <section className="aside" aria-label="Back">
        <button type="button" className="secondary" onClick={onBack}>
          Back
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
