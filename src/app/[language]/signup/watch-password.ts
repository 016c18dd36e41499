import * as z from "zod/mini";
import type { Credentials } from "#src/shared/password-strength.ts";
import type { Strength } from "#src/shared/rate-text.ts";
import { passwordSchema } from "#src/shared/signup-fields.ts";
import type { FieldTexts } from "#src/texts/en/fields.ts";
import type { PasswordAdviceTexts } from "#src/texts/en/password-advice.ts";
import { readFieldText } from "#src/texts/read-field-text.ts";
import { languageOfPage } from "#src/client/texts.ts";
import type { ToRate } from "./rate-password.worker.ts";
import { adviseOn } from "./password-advice.ts";

/** The meter's content. */
export interface Rating {
  /** The filled part of the meter, 0 to 4. */
  level: number;
  advice: string;
}

/** Milliseconds without a key before rating. */
const CALM = 120;

/**
 * Rates the form's password whenever it or another field changes; `null` if it is empty. A worker
 * rates one at a time. If it cannot be loaded, there are no ratings.
 * @returns a function that stops watching
 */
export function watchPassword(
  form: HTMLFormElement,
  texts: RatingTexts,
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
    worker.postMessage({ language: languageOfPage(), credentials: rated } satisfies ToRate);
  }

  function onInput(): void {
    clearTimeout(timer);
    timer = setTimeout(rate, CALM);
  }

  worker.addEventListener("message", ({ data }: MessageEvent<Strength>) => {
    rating = false;
    if (stale) return rate();
    onRating(rated ? toRating(rated.password, data, texts) : null);
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

/** What a rating is told in. */
export interface RatingTexts {
  advice: PasswordAdviceTexts;
  fields: FieldTexts;
}

/** The form's own rules take precedence: a password they refuse is never called good. */
function toRating(password: string, strength: Strength, texts: RatingTexts): Rating {
  const refused = z.safeParse(passwordSchema, password).error?.issues[0];
  if (!refused) {
    return { level: Math.max(1, strength.score), advice: adviseOn(strength, texts.advice) };
  }
  const isShort = Array.from(password.normalize("NFKC")).length < 8;
  const advice = isShort ? texts.advice.tooShort : readFieldText(texts.fields, refused.message);
  return { level: 1, advice };
}
