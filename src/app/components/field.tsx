import type { ComponentProps, ReactElement, ReactNode } from "react";

interface FieldProps extends Omit<ComponentProps<"input">, "id" | "children"> {
  name: string;
  label: string;
  /** Describes a good value. */
  hint?: string;
  error?: string | undefined;
  /** What label and hint are written in, if that may not be the page's language. */
  written?: { lang: string; dir: "ltr" | "rtl" } | undefined;
  /** Replaces the hint: a note about the value that is no error, announced politely. */
  status?: ReactNode;
  /** Placed at the end of the label's line. */
  beside?: ReactElement;
  /** Placed at the end of the input. */
  action?: ReactElement;
  /** Placed right below the input. */
  children?: ReactElement;
}

/** A labelled input, linked to its hint and error for assistive technology. */
export function Field(props: FieldProps) {
  const { label, hint, error, written, status, beside, action, children, ...input } = props;
  const { name } = input;
  const describedBy = [
    hint && `${name}-hint`,
    status && `${name}-status`,
    error && `${name}-error`,
  ].filter(Boolean);
  return (
    <div className="field">
      <div className="caption">
        <label htmlFor={name} {...written}>
          {label}
        </label>
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
      {/* Both share one place, so that the layout does not shift. */}
      <div className="below">
        {hint && (
          <p
            className="hint"
            id={`${name}-hint`}
            data-replaced={status ? true : undefined}
            {...written}
          >
            {hint}
          </p>
        )}
        {"status" in props && (
          <output className="hint">{status && <span id={`${name}-status`}>{status}</span>}</output>
        )}
      </div>
      {error && (
        <p className="error" id={`${name}-error`} dir={written && "auto"}>
          {error}
        </p>
      )}
    </div>
  );
}
