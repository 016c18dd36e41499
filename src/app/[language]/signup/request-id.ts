import { mintRequestId } from "#src/api-client/mint-request-id.ts";
import { forget, recall, remember } from "../../components/tab-storage.ts";

const KEY = "enlist:signup-request";

let minted: string | undefined;

/**
 * This sign-up's id, kept over retries and reloads of the tab. It lets the server recognise a
 * sign-up whose answer was lost.
 */
export function requestId(): string {
  minted ??= recall(KEY) ?? mintRequestId();
  remember(KEY, minted);
  return minted;
}

/** Ends this sign-up, so that the next one gets a new id. */
export function forgetRequestId(): void {
  minted = undefined;
  forget(KEY);
}
