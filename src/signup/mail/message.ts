/** A mail's subject and its body in two forms. */
export interface Message {
  subject: string;
  text: string;
  html: string;
}
