import { useRef, useState, type ComponentProps } from "react";
import { Field } from "../../components/field.tsx";

type EmailFieldProps = Pick<
  ComponentProps<typeof Field>,
  "error" | "defaultValue" | "autoFocus"
> & {
  label?: string;
  hint?: string;
};

/** The e-mail field, which asks back if the address looks mistyped. */
export function EmailField({
  label = "E-mail address",
  hint = "We mail you to confirm it.",
  ...props
}: EmailFieldProps) {
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
      label={label}
      hint={hint}
      type="email"
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
  const at = meant.lastIndexOf("@");
  return (
    <button type="button" className="question" onClick={onTake}>
      <span className="unseen">{`Did you mean ${meant}?`}</span>
      <span aria-hidden="true">Did you mean</span>
      <span aria-hidden="true" className="local">
        {meant.slice(0, at)}
      </span>
      <span aria-hidden="true" className="domain">
        {`${meant.slice(at)}?`}
      </span>
    </button>
  );
}
