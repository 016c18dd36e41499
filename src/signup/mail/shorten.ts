/**
 * The beginning of a username, as a mail shows it. A stranger may have chosen it, and the mail goes to
 * anyone: it ends before a fifth digit, as a telephone number would, and after 20 characters.
 */
export function shorten(username: string): string {
  const [beginning] = /^\D*(?:\d\D*){0,4}/.exec(username)!;
  const shown = beginning.slice(0, 20);
  return shown === username ? username : `${shown}...`;
}
