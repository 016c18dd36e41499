import { Field } from "../field.tsx";

export function UsernameField({ error }: { error: string | undefined }) {
  return (
    <Field
      name="username"
      label="Username"
      hint="3 to 100 of a–z, 0–9 and _. Everyone can see it."
      autoComplete="username"
      autoCapitalize="none"
      spellCheck={false}
      error={error}
    />
  );
}
