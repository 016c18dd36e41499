import { useActionState, useState } from "react";
import * as z from "zod/mini";
import { correctEmailSchema } from "#src/shared/signup-schema.ts";
import { toFailure, trpc } from "#src/trpc/client.ts";
import { Submit } from "../../submit.tsx";
import { useFocusOnError } from "../../use-focus-on-error.ts";
import { EmailField } from "../email-field.tsx";

interface CorrectAddressProps {
  email: string;
  /** Whether to ask at once, as the mail server has refused the address. */
  open: boolean;
}

interface CorrectState {
  error?: string;
  message?: string;
}

/** Lets a person mend a mistyped address; the link that went to the old one dies with it. */
export function CorrectAddress({ email, open }: CorrectAddressProps) {
  const [isOpen, setOpen] = useState(open);
  const [state, submit, pending] = useActionState(correctAddress, {});
  const form = useFocusOnError(state);
  const isShown = isOpen || open;
  if (!isShown) {
    return (
      <button type="button" className="secondary" onClick={() => setOpen(true)}>
        Correct the address
      </button>
    );
  }
  return (
    <form ref={form} action={submit} onReset={(event) => event.preventDefault()} noValidate>
      <EmailField
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- it appears as the button is pressed
        autoFocus={isOpen}
        label="The right address"
        hint="The link in the mail to the old address stops working."
        defaultValue={email}
        error={state.error}
      />
      <Submit
        label="Change it and mail me there"
        pendingLabel="Changing …"
        pending={pending}
        message={state.message}
      />
    </form>
  );
}

/** Changes the address. Never throws. Where it worked, the page's stream shows the new one. */
async function correctAddress(_: CorrectState, form: FormData): Promise<CorrectState> {
  const parsed = z.safeParse(correctEmailSchema, { email: form.get("email") });
  if (!parsed.success) return { error: parsed.error.issues[0]!.message };
  try {
    await trpc.correctEmail.mutate(parsed.data);
    return {};
  } catch (error) {
    const { fieldErrors, message } = toFailure(error);
    return fieldErrors.email?.[0] ? { error: fieldErrors.email[0] } : { message };
  }
}
