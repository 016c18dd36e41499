import { useActionState } from "react";
import { Field } from "#src/app/components/field.tsx";
import { Submit } from "#src/app/components/submit.tsx";
import { useTexts } from "#src/app/components/texts.tsx";
import { useFocusOnError } from "#src/app/components/use-focus-on-error.ts";
import { isCode, submitCode } from "./submit-code.ts";

/** Takes the code from the mail. A complete code is submitted without a click. */
export function CodeForm() {
  const texts = useTexts().checkInbox;
  const [state, submit, pending] = useActionState(submitCode, {});
  const form = useFocusOnError(state);
  return (
    <form
      ref={form}
      action={submit}
      onReset={(event) => event.preventDefault()}
      onInput={(event) => {
        const { value } = event.target as HTMLInputElement;
        // Another one may be on its way; this one follows it.
        if (isCode(value)) event.currentTarget.requestSubmit();
      }}
      noValidate
      aria-busy={pending}
    >
      <Field
        name="code"
        label={texts.code}
        hint={texts.codeHint}
        inputMode="numeric"
        autoComplete="one-time-code"
        spellCheck={false}
        className="code"
        dir="ltr"
        error={state.error}
      />
      <Submit
        label={texts.confirm}
        pendingLabel={texts.confirming}
        pending={pending}
        message={state.message}
      />
    </form>
  );
}
