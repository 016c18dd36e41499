import { useActionState } from "react";
import { languageOfPage } from "#src/client/texts.ts";
import { toFailure, trpc } from "#src/client/client.ts";
import { Submit } from "../../components/submit.tsx";
import { Address } from "../../components/address.tsx";
import { useTexts } from "../../components/texts.tsx";
import { focusOnMount } from "../../components/focus-on-mount.ts";

type ResendState = { is: "open"; message?: string } | { is: "sent"; email: string };

/** Offers a new mail if the link has expired. */
export function ResendByLink({ token }: { token: string }) {
  const texts = useTexts().verify;
  const [state, resend, pending] = useActionState<ResendState>(() => submitResend(token), {
    is: "open",
  });
  if (state.is === "sent") {
    return (
      <output ref={focusOnMount} tabIndex={-1} className="news">
        {texts.newLinkSent(<Address>{state.email}</Address>)}
      </output>
    );
  }
  return (
    <form action={resend}>
      <Submit
        label={texts.newLink}
        pendingLabel={texts.newLinkPending}
        pending={pending}
        message={state.message}
      />
    </form>
  );
}

/** Requests a new mail. Never throws. */
async function submitResend(token: string): Promise<ResendState> {
  try {
    return {
      is: "sent",
      ...(await trpc.resendVerification.mutate({ token, language: languageOfPage() })),
    };
  } catch (error) {
    return { is: "open", message: toFailure(error).message };
  }
}
