import type { ReactNode } from "react";
import { useTexts } from "../../components/texts.tsx";
import type { AskedFields } from "./asked-fields.ts";

const NAME = "acceptedTerms";

interface TermsFieldProps {
  terms: NonNullable<AskedFields["terms"]>;
  error: string | undefined;
}

/** A box to tick: its value is the version of the terms. The links leave what was typed alone. */
export function TermsField({ terms: { version, href, privacyHref }, error }: TermsFieldProps) {
  const { acceptTerms, acceptTermsAndPrivacy } = useTexts().signUp;
  return (
    <div className="field">
      <label className="choice">
        <input
          type="checkbox"
          name={NAME}
          value={version}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${NAME}-error` : undefined}
        />
        <span>
          {privacyHref === undefined
            ? acceptTerms(linkTo(href))
            : acceptTermsAndPrivacy(linkTo(href), linkTo(privacyHref))}
        </span>
      </label>
      {error && (
        <p className="error" id={`${NAME}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}

/** Opens beside the form. */
function linkTo(url: string) {
  return (text: string): ReactNode => (
    <a href={url} target="_blank" rel="noopener">
      {text}
    </a>
  );
}
