import { Address } from "../../components/address.tsx";
import { useTexts } from "../../components/texts.tsx";

/** Who has signed up, by the username if there is one. */
export function SignedUpAs({ username, email }: { username: string | null; email: string }) {
  const { signedUpAs, signedUp } = useTexts().checkInbox;
  const address = <Address>{email}</Address>;
  return (
    <p>
      {username === null ? signedUp(address) : signedUpAs(<Address>{username}</Address>, address)}
    </p>
  );
}
