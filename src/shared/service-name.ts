import config from "#config";

/** The service's name, as people read it. */
export const SERVICE_NAME: string = config.name;

/**
 * The name as a word of a–z and 0–9, for cookies, reserved usernames and passwords; "signup" if it
 * has none of those letters.
 */
export const SERVICE_WORD: string = toWord(SERVICE_NAME);

function toWord(name: string): string {
  const plain = name.normalize("NFKD").toLowerCase();
  return plain.replaceAll(/[^a-z0-9]/g, "") || "signup";
}
