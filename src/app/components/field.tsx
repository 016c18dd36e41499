import type { ComponentProps, ReactElement, ReactNode } from "react";

interface FieldProps extends Omit<ComponentProps<"input">, "id" | "children"> {
  name: string;
  label: string;
  /** What a good value looks like. */
  hint?: string;
  error?: string | undefined;
  /** What is to be said of the value, in the place of the hint: no error, and politely announced. */
  status?: ReactNode;
  /** Stands at the end of the label's line. */
  beside?: ReactElement;
  /** Stands at the end of the input. */
  action?: ReactElement;
  /** Stands right below the input. */
  children?: ReactElement;
}

/** A labelled input with its hint and its error, tied together for assistive technology. */
export function Field(props: FieldProps) {
  const { label, hint, error, status, beside, action, children, ...input } = props;
  const { name } = input;
  const describedBy = [
    hint && `${name}-hint`,
    status && `${name}-status`,
    error && `${name}-error`,
  ].filter(Boolean);
  return (
    <div className="field">
      <div className="caption">
        <label htmlFor={name}>{label}</label>
        {beside}
      </div>
      <div className="control">
        <input
          {...input}
          id={name}
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy.join(" ") || undefined}
        />
        {action}
      </div>
      {children}
      {/* Both have the same place, so that nothing moves when one gives way to the other. */}
      <div className="below">
        {hint && (
          <p className="hint" id={`${name}-hint`} data-replaced={status ? true : undefined}>
            {hint}
          </p>
        )}
        {"status" in props && (
          <output className="hint">{status && <span id={`${name}-status`}>{status}</span>}</output>
        )}
      </div>
      {error && (
        <p className="error" id={`${name}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}
