import { useRef, useState, type ComponentProps } from "react";
import { useTexts } from "../../components/texts.tsx";
import { Field } from "../../components/field.tsx";

type EmailFieldProps = Pick<
  ComponentProps<typeof Field>,
  "error" | "defaultValue" | "autoFocus" | "readOnly"
> & {
  label?: string;
  hint?: string;
};

/** The e-mail field, which asks back if the address looks mistyped. */
export function EmailField({ label, hint, ...props }: EmailFieldProps) {
  const texts = useTexts().signUp;
  const input = useRef<HTMLInputElement>(null);
  const [meant, setMeant] = useState<string | null>(null);

  async function check(): Promise<void> {
    const typed = input.current?.value ?? "";
    // If it cannot be loaded, there is just no suggestion.
    const loaded = await import("./suggest-address.ts").catch(() => null);
    if (loaded && input.current?.value === typed) setMeant(loaded.suggestAddress(typed));
  }

  function take(): void {
    if (!input.current || !meant) return;
    input.current.value = meant;
    // The button disappears, so focus the input, and notify the form of the change.
    input.current.focus();
    input.current.dispatchEvent(new Event("input", { bubbles: true }));
  }

  return (
    <Field
      ref={input}
      name="email"
      label={label ?? texts.email}
      hint={hint ?? texts.emailHint}
      type="email"
      dir="ltr"
      autoComplete="email"
      autoCapitalize="none"
      spellCheck={false}
      onInput={() => setMeant(null)}
      onBlur={() => void check()}
      {...props}
      status={meant && <Question meant={meant} onTake={take} />}
    />
  );
}

/** One line, whatever the address's length, because its end matters. */
function Question({ meant, onTake }: { meant: string; onTake: () => void }) {
  const { didYouMean } = useTexts().signUp;
  const at = meant.lastIndexOf("@");
  return (
    <button type="button" className="question" onClick={onTake}>
      <span className="unseen">{didYouMean(meant)}</span>
      <span aria-hidden="true" className="asked">
        {didYouMean(
          <span className="meant" dir="ltr">
            <span className="local">{meant.slice(0, at)}</span>
            <span>{meant.slice(at)}</span>
          </span>,
        )}
      </span>
    </button>
  );
}
