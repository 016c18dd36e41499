interface SubmitProps {
  label: string;
  pendingLabel: string;
  pending: boolean;
  /** Why the last attempt failed, if no field is to blame. */
  message?: string | undefined;
}

/** A form's submit button, below the reason why the last attempt failed. */
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
