import { useActionState, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import * as z from "zod/mini";
import { correctEmailSchema } from "#src/shared/signup-schema.ts";
import { fieldText } from "#src/client/field-text.ts";
import { languageOfPage, textsOfPage } from "#src/client/texts.ts";
import { toFailure, trpc } from "#src/client/client.ts";
import { Submit } from "#src/app/components/submit.tsx";
import { useTexts } from "#src/app/components/texts.tsx";
import { useFocusOnError } from "#src/app/components/use-focus-on-error.ts";
import { EmailField } from "../email-field.tsx";

interface CorrectAddressProps {
  email: string;
  /** Whether the mail server rejected the address. If so, the form is open from the start. */
  isRefused: boolean;
}

interface CorrectState {
  error?: string;
  message?: string;
  /** The new address. */
  changed?: string;
}

/** Lets a person correct the address. The link in the mail to the old one stops working. */
export function CorrectAddress({ email, isRefused }: CorrectAddressProps) {
  const texts = useTexts().checkInbox;
  const [isOpen, setOpen] = useState(false);
  const [state, submit, pending] = useActionState(async (_: CorrectState, form: FormData) => {
    const next = await correctAddress(email, form.get("email"));
    if (next.changed) setOpen(false);
    return next;
  }, {});
  const form = useFocusOnError(state);
  const opener = useRef<HTMLButtonElement>(null);
  const news = useRef<HTMLOutputElement>(null);
  const told = useRef(state);
  const { changed } = state;
  const isRefusedAgain = isRefused && changed === email;
  useEffect(() => {
    if (!changed || told.current === state) return;
    // If the address was rejected, the form stays until the outcome of the new one is known.
    if (!news.current && !isRefusedAgain) return;
    told.current = state;
    news.current?.focus();
  });
  const keep = () => {
    flushSync(() => setOpen(false));
    opener.current?.focus();
  };

  if (!isOpen && !isRefused) {
    return (
      <>
        <output ref={news} tabIndex={-1} className="news">
          {changed && texts.corrected(changed)}
        </output>
        <button ref={opener} type="button" className="secondary" onClick={() => setOpen(true)}>
          {texts.correct}
        </button>
      </>
    );
  }
  return (
    <form
      ref={form}
      action={submit}
      onInput={() => setOpen(true)} // Keeps typed text when the status changes.
      onReset={(event) => event.preventDefault()}
      noValidate
    >
      <EmailField
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- it appears as the button is pressed
        autoFocus={isOpen}
        label={texts.correctLabel}
        hint={texts.correctHint}
        defaultValue={email}
        error={state.error}
      />
      <Submit
        label={texts.correctSubmit}
        pendingLabel={texts.correcting}
        pending={pending}
        message={isRefusedAgain ? texts.refusedAddressAgain : state.message}
      />
      {!isRefused && (
        <button type="button" className="secondary" onClick={keep}>
          {texts.keep}
        </button>
      )}
    </form>
  );
}

/** Changes the address. Never throws. */
async function correctAddress(
  present: string,
  typed: FormDataEntryValue | null,
): Promise<CorrectState> {
  const parsed = z.safeParse(correctEmailSchema, { email: typed });
  if (!parsed.success) return { error: await fieldText(parsed.error.issues[0]!.message) };
  const { email } = parsed.data;
  if (email === present) return { error: textsOfPage().checkInbox.sameAddress };
  try {
    await trpc.correctEmail.mutate({ email, language: languageOfPage() });
    return { changed: email };
  } catch (error) {
    const { fieldErrors, message } = toFailure(error);
    return fieldErrors.email?.[0] ? { error: fieldErrors.email[0] } : { message };
  }
}
