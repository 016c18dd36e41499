/**
 * The start of a username, as shown in a mail. A stranger may have chosen it, and anyone may get
 * the mail. So it stops before a fifth digit, which excludes telephone numbers, and after 20
 * characters.
 */
export function shorten(username: string): string {
  const [beginning] = /^\D*(?:\d\D*){0,4}/.exec(username)!;
  const shown = beginning.slice(0, 20);
  return shown === username ? username : `${shown}...`;
}
