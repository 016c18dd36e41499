import { ratePassword, type Credentials } from "#src/shared/password-strength.ts";

// A thread of its own: to load the dictionaries takes a quarter of a second.
self.addEventListener("message", ({ data }: MessageEvent<Credentials>) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- it has none
  self.postMessage(ratePassword(data));
});
