import { Title } from "../../components/title.tsx";

interface SignedUpProps {
  username: string;
  email: string;
  /** The URL of the status page. */
  next: string;
}

/** Replaces the form if the status page cannot be loaded, although the sign-up succeeded. */
export function SignedUp({ username, email, next }: SignedUpProps) {
  return (
    <>
      <Title>Check your inbox</Title>
      <p>
        You signed up as <strong className="address">{username}</strong>. The mail goes to{" "}
        <strong className="address">{email}</strong>: open its link to confirm your address.
      </p>
      <p className="notice">
        The page that shows where the mail is could not be loaded. <a href={next}>Try it again</a>
      </p>
    </>
  );
}
