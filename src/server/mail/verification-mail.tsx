import { renderMail } from "./layout.tsx";
import type { Message } from "./message.ts";

const BUTTON = {
  display: "inline-block",
  padding: "12px 20px",
  background: "#1f5f4a",
  color: "#ffffff",
  borderRadius: "8px",
  fontWeight: 600,
  textDecoration: "none",
};
const SMALL = { fontSize: "14px", color: "#5d594f" };

/**
 * The mail that asks a new user to confirm the address. It does not carry the name they gave: it
 * goes to an address that nobody has confirmed, and a name can be a sentence of a spammer's.
 */
export function verificationMail(params: {
  username: string;
  link: string;
  ttlHours: number;
}): Message {
  const { username, link, ttlHours } = params;
  const subject = "Confirm your e-mail address";
  return {
    subject,
    text: `Hello,

you signed up as ${username}. Please confirm that this address is yours:

${link}

The link works for ${ttlHours} hours. In the browser you signed up with one click is enough;
elsewhere it asks for the password you chose.

It was not you? Then do nothing: without your confirmation there is no account.
`,
    html: renderMail(
      subject,
      <>
        <p>Hello,</p>
        <p>
          you signed up as <strong>{username}</strong>. Please confirm that this address is yours:
        </p>
        <p style={{ margin: "28px 0" }}>
          <a href={link} style={BUTTON}>
            Confirm my address
          </a>
        </p>
        <p style={SMALL}>
          Or open this link:{" "}
          <a href={link} style={{ overflowWrap: "anywhere" }}>
            {link}
          </a>
        </p>
        <p style={SMALL}>
          It works for {ttlHours} hours. In the browser you signed up with one click is enough;
          elsewhere it asks for the password you chose.
        </p>
        <p style={SMALL}>
          It was not you? Then do nothing: without your confirmation there is no account.
        </p>
      </>,
    ),
  };
}
