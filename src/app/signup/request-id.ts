const KEY = "enlist:signup-request";

let minted: string | undefined;

/**
 * The id of this sign-up, the same over all its retries and over a reload of the tab: by it the
 * server knows a sign-up whose answer got lost.
 */
export function requestId(): string {
  minted ??= recall() ?? mint();
  try {
    sessionStorage.setItem(KEY, minted);
  } catch {
    // Storage is switched off: the id lives as long as the page.
  }
  return minted;
}

/** Ends the sign-up: the next one gets an id of its own. */
export function forgetRequestId(): void {
  minted = undefined;
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // As above.
  }
}

function recall(): string | null {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** A UUID of version 4 (RFC 9562); `crypto.randomUUID` is missing on pages without https. */
function mint(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
