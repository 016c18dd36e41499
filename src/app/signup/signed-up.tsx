import { Title } from "../components/title.tsx";

interface SignedUpProps {
  username: string;
  email: string;
  /** The address of the page that shows where the mail is. */
  next: string;
}

/** What the form gives way to if the next page cannot be loaded: the sign-up has gone through all the same. */
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
