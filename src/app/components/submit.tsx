interface SubmitProps {
  label: string;
  pendingLabel: string;
  pending: boolean;
  /** Why the last attempt did not work, where no field is to blame. */
  message?: string | undefined;
}

/** The button that ends a form, and above it what kept the last attempt from working. */
export function Submit({ label, pendingLabel, pending, message }: SubmitProps) {
  return (
    <>
      {message && (
        <p className="notice" role="alert" tabIndex={-1}>
          {message}
        </p>
      )}
      <button type="submit" disabled={pending}>
        {pending ? pendingLabel : label}
      </button>
    </>
  );
}
