/** A name, an address or a code of a person: emphasised, and in its own direction. */
export function Address({ children }: { children: string }) {
  return (
    <strong className="address" dir="ltr">
      {children}
    </strong>
  );
}
