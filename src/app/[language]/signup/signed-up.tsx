import { Address } from "../../components/address.tsx";
import { useTexts } from "../../components/texts.tsx";
import { Title } from "../../components/title.tsx";

interface SignedUpProps {
  username: string;
  email: string;
  /** The URL of the status page. */
  next: string;
}

/** Replaces the form if the status page cannot be loaded, although the sign-up succeeded. */
export function SignedUp({ username, email, next }: SignedUpProps) {
  const { checkInbox, signUp } = useTexts();
  return (
    <>
      <Title>{checkInbox.title}</Title>
      <p>{checkInbox.signedUpAs(<Address>{username}</Address>, <Address>{email}</Address>)}</p>
      <p>{checkInbox.openLink}</p>
      <p className="notice">
        <span>{signUp.stranded}</span> <a href={next}>{signUp.strandedAgain}</a>
      </p>
    </>
  );
}
