import { ratePassword, type Credentials } from "#src/shared/password-strength.ts";

// In a worker, because loading the dictionaries takes a quarter of a second.
self.addEventListener("message", ({ data }: MessageEvent<Credentials>) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- it has none
  self.postMessage(ratePassword(data));
});
