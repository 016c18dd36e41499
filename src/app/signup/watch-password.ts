import * as z from "zod/mini";
import type { Credentials, Strength } from "#src/shared/password-strength.ts";
import { passwordSchema } from "#src/shared/signup-schema.ts";
import { adviseOn } from "./password-advice.ts";

/** What the meter shows. */
export interface Rating {
  /** How much of the meter is filled: 0 to 4. */
  level: number;
  advice: string;
}

/** Milliseconds without a key before a rating is asked for. */
const CALM = 120;

/**
 * Rates the password of this form as it is typed, and again when what it is rated against changes;
 * `null` while it is empty. A worker does the rating, one at a time. Where it cannot be loaded there
 * are no ratings, and nothing else happens.
 * @returns what ends it
 */
export function watchPassword(
  form: HTMLFormElement,
  onRating: (rating: Rating | null) => void,
): () => void {
  const worker = new Worker(new URL("./rate-password.worker.ts", import.meta.url), {
    type: "module",
  });
  let timer: ReturnType<typeof setTimeout>;
  let rated: Credentials | undefined;
  let rating = false;
  let stale = false;

  function rate(): void {
    stale = rating;
    if (rating) return;
    rated = Object.fromEntries(new FormData(form)) as unknown as Credentials;
    if (!rated.password) return onRating(null);
    rating = true;
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- it has none
    worker.postMessage(rated);
  }

  function onInput(): void {
    clearTimeout(timer);
    timer = setTimeout(rate, CALM);
  }

  worker.addEventListener("message", ({ data }: MessageEvent<Strength>) => {
    rating = false;
    if (stale) return rate();
    onRating(rated ? toRating(rated.password, data) : null);
  });
  worker.addEventListener("error", (event) => {
    event.preventDefault();
    stop();
    onRating(null);
  });
  form.addEventListener("input", onInput);
  rate();

  function stop(): void {
    clearTimeout(timer);
    form.removeEventListener("input", onInput);
    worker.terminate();
  }
  return stop;
}

/** The form's own rules come first: what they refuse is not called good. */
function toRating(password: string, strength: Strength): Rating {
  const refused = z.safeParse(passwordSchema, password).error?.issues[0];
  if (!refused) return { level: Math.max(1, strength.score), advice: adviseOn(strength) };
  const isShort = Array.from(password.normalize("NFKC")).length < 8;
  return { level: 1, advice: isShort ? "Too short: at least 8 characters." : refused.message };
}
