import { useActionState } from "react";
import { toFailure, trpc } from "#src/client/client.ts";
import { Submit } from "../../components/submit.tsx";
import { focusOnMount } from "../../components/focus-on-mount.ts";

type ResendState = { is: "open"; message?: string } | { is: "sent"; email: string };

/** Offers a new mail if the link has expired. */
export function ResendByLink({ token }: { token: string }) {
  const [state, resend, pending] = useActionState<ResendState>(() => submitResend(token), {
    is: "open",
  });
  if (state.is === "sent") {
    return (
      <output ref={focusOnMount} tabIndex={-1} className="news">
        A new mail is on its way to <strong className="address">{state.email}</strong>. Its link
        works; this page can be closed.
      </output>
    );
  }
  return (
    <form action={resend}>
      <Submit
        label="Mail me a new link"
        pendingLabel="Asking for a new mail …"
        pending={pending}
        message={state.message}
      />
    </form>
  );
}

/** Requests a new mail. Never throws. */
async function submitResend(token: string): Promise<ResendState> {
  try {
    return { is: "sent", ...(await trpc.resendVerification.mutate({ token })) };
  } catch (error) {
    return { is: "open", message: toFailure(error).message };
  }
}
