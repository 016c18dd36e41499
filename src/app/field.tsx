import type { ComponentProps } from "react";

interface FieldProps extends Omit<ComponentProps<"input">, "id"> {
  name: string;
  label: string;
  /** What a good value looks like. */
  hint?: string;
  error?: string | undefined;
}

/** A labelled input with its hint and its error, tied together for assistive technology. */
export function Field({ label, hint, error, ...input }: FieldProps) {
  const { name } = input;
  const describedBy = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(" ");
  return (
    <div className="field">
      <label htmlFor={name}>{label}</label>
      <input
        {...input}
        id={name}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy || undefined}
      />
      {hint && (
        <p className="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p className="error" id={`${name}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}
