/** Holds the room of what is still to come. */
export function Skeleton({ lines }: { lines: number }) {
  return (
    <div aria-hidden="true" className="skeleton">
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} />
      ))}
    </div>
  );
}
