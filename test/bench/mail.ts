import { verificationMail } from "#src/signup/mail/verification-mail.tsx";

/** A mail such as the product sends, composed. */
export function aMail() {
  const message = verificationMail({
    language: "en",
    username: "user_0123456789abcdef",
    link: `http://localhost:3000/verify?token=${"a".repeat(96)}`,
    code: "12345678",
    ttlHours: 24,
    askedAt: new Date(),
  });
  return {
    ...message,
    from: "Enlist <no-reply@enlist.example>",
    to: "user_0123456789abcdef@example.com",
    headers: { "Auto-Submitted": "auto-generated" },
  };
}
