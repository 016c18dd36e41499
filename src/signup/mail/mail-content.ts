/** A mail's subject and its body in two forms. */
export interface MailContent {
  subject: string;
  text: string;
  html: string;
}
