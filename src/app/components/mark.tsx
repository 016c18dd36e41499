/** The logo: two halves that close into one ring. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 32 32" aria-hidden="true">
      <path d="M16 4a12 12 0 1 0 12 12" />
      <path d="m10.5 15.5 5 5L28 7" />
    </svg>
  );
}
