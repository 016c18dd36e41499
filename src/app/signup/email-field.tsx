import { useRef, useState, type ComponentProps } from "react";
import { Field } from "../components/field.tsx";

type EmailFieldProps = Pick<
  ComponentProps<typeof Field>,
  "error" | "defaultValue" | "autoFocus"
> & {
  label?: string;
  hint?: string;
};

/** The address, with a question where it looks mistyped. */
export function EmailField({
  label = "E-mail address",
  hint = "We mail you to confirm it.",
  ...props
}: EmailFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const [meant, setMeant] = useState<string | null>(null);

  async function check(): Promise<void> {
    const typed = input.current?.value ?? "";
    // Without it there is no question, and nothing else is missing.
    const loaded = await import("./suggest-address.ts").catch(() => null);
    if (loaded && input.current?.value === typed) setMeant(loaded.suggestAddress(typed));
  }

  function take(): void {
    if (!input.current || !meant) return;
    input.current.value = meant;
    // The button goes away with the question. Whoever watches the form learns of the change.
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

/** One line, whatever the length of the address: its end is what matters. */
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
