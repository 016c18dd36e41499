import { SignedUpAs } from "./signed-up-as.tsx";
import { useTexts } from "../../components/texts.tsx";
import { Title } from "../../components/title.tsx";

interface SignedUpProps {
  username: string | null;
  email: string;
  verified: boolean;
  /** The URL of the status page. */
  next: string;
}

/** Replaces the form if the status page cannot be loaded, although the sign-up succeeded. */
export function SignedUp({ username, email, verified: isVerified, next }: SignedUpProps) {
  const { checkInbox, signUp, verified } = useTexts();
  return (
    <>
      <Title>{isVerified ? verified.title : checkInbox.title}</Title>
      {isVerified ? (
        <p>{verified.ready}</p>
      ) : (
        <>
          <SignedUpAs username={username} email={email} />
          <p>{checkInbox.openLink}</p>
        </>
      )}
      <p className="notice">
        <span>{signUp.stranded}</span> <a href={next}>{signUp.strandedAgain}</a>
      </p>
    </>
  );
}
