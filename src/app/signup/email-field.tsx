import { Field } from "../field.tsx";

export function EmailField({ error }: { error: string | undefined }) {
  return (
    <Field
      name="email"
      label="E-mail address"
      type="email"
      autoComplete="email"
      autoCapitalize="none"
      spellCheck={false}
      error={error}
    />
  );
}
