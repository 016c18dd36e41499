/** Reserves space for content that is still loading. */
export function Skeleton({ lines }: { lines: number }) {
  return (
    <div aria-hidden="true" className="skeleton">
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} />
      ))}
    </div>
  );
}
