import { mintRequestId } from "#src/api-client/mint-request-id.ts";

const KEY = "enlist:signup-request";

let minted: string | undefined;

/**
 * This sign-up's id, kept over retries and reloads of the tab. It lets the server recognise a
 * sign-up whose answer was lost.
 */
export function requestId(): string {
  minted ??= recall() ?? mintRequestId();
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
