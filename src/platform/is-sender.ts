/** A mail address, with or without a name, in one line: "Acme <hello@acme.example>". */
const SENDER = /^[^\r\n<>]*<[^\s<>@]+@[^\s<>@]+>$|^[^\s<>@]+@[^\s<>@]+$/;

/** Whether mails can be sent from this. */
export function isSender(text: string): boolean {
  return SENDER.test(text);
}
