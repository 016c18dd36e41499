import * as z from "zod/mini";
import { fieldKey as key } from "./field-key.ts";
import { nameCharacter } from "./name-character.ts";
import { trimUnseen, UNSEEN } from "./trim-unseen.ts";

// What the schemas of texts are made of. zod/mini, because they are part of the page's script.

/** A lone surrogate cannot be stored as UTF-8; it would come back as another character. */
export const wellFormed = z.refine<string>((value) => !/\p{Cs}/u.test(value), {
  error: key("broken_character"),
  abort: true,
});

/** Trims invisible characters, because people do not know they are there. */
export const trimmed = z.overwrite(trimUnseen);

/**
 * Refuses and names invisible characters, which can disguise a value or make look-alikes differ.
 * @param allowed a regular expression's class of characters to allow
 */
export function visible(allowed: string) {
  const unseen = new RegExp(`(?![${allowed}])${UNSEEN.source}`, "u");
  return z.refine<string>((value) => !unseen.test(value), {
    error: ({ input }) =>
      key("invisible_character", nameCharacter(unseen.exec(input as string)![0])),
    abort: true,
  });
}

/** Spaces, and the joiners and variation selectors that some scripts and emoji need. */
export const NEEDED = String.raw`\p{Zs}\p{Join_Control}\p{Variation_Selector}`;

export const required = (error: string) => z.minLength(1, { error, abort: true });

/** Counts code points, as PostgreSQL does and people would. */
export const between = (min: number, max: number, error: string) =>
  z.refine<string>(
    (value) => {
      // A code point has at most two units, so a huge text need not be split.
      if (value.length > max * 2) return false;
      const length = Array.from(value).length;
      return length >= min && length <= max;
    },
    { error, abort: true },
  );

/** Characters without a shared meaning, or with endless combining marks. */
export const SHAPELESS = /[\p{Co}\p{Noncharacter_Code_Point}]|\p{M}{9}/u;
