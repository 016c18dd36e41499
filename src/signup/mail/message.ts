/** A mail's content, in both forms; whom it goes to is the sender's matter. */
export interface Message {
  subject: string;
  text: string;
  html: string;
}
