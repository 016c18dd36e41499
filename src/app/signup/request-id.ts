const KEY = "enlist:signup-request";

let minted: string | undefined;

/**
 * This sign-up's id, kept over retries and reloads of the tab. It lets the server recognise a
 * sign-up whose answer was lost.
 */
export function requestId(): string {
  minted ??= recall() ?? mint();
  try {
    sessionStorage.setItem(KEY, minted);
  } catch {
    // Without storage, the id lives as long as the page.
  }
  return minted;
}

/** Ends this sign-up, so that the next one gets a new id. */
export function forgetRequestId(): void {
  minted = undefined;
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // Without storage, there is nothing to remove.
  }
}

function recall(): string | null {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** A version 4 UUID (RFC 9562); `crypto.randomUUID` needs https. */
function mint(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
