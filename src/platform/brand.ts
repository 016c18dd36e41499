import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import config from "#config";
import type { BrandConfig } from "#src/shared/brand-config.ts";
import { contrast } from "#src/shared/contrast.ts";
import { LANGUAGE_TAGS } from "#src/shared/languages.ts";
import { ACCENTS, INKS, PALETTE } from "#src/shared/palette.ts";
import { SIGNUP_FIELDS } from "#src/shared/signup-fields.ts";
import { url } from "./env-values.ts";
import { isSender } from "./is-sender.ts";

/** The contrast of text that WCAG 2.2 requires at level AA. */
const READABLE = 4.5;

/** Bytes of an image, which is part of every page. */
const LARGEST_IMAGE = 50_000;

type Scheme = keyof typeof PALETTE;

const address = url("http:", "https:");

const NO_ADDRESSES = "must be a URL, or an object with a URL for each language";

/** One value for all languages, or one for each. */
const localized = <Value extends z.ZodType>(value: Value, error: string) =>
  z.union(
    [
      value,
      z
        .partialRecord(z.enum(LANGUAGE_TAGS), value)
        .refine((all) => Object.keys(all).length > 0, error),
    ],
    { error },
  );

const addresses = localized(address, NO_ADDRESSES);

const NO_TEXTS = "must be a text of 1 to 300 characters, or an object with one for each language";

const texts = localized(z.string().regex(/^\S(.{0,298}\S)?$/u, NO_TEXTS), NO_TEXTS);

/** The names of the form's other inputs. */
const INPUTS = new Set<string>(SIGNUP_FIELDS);

const extraField = z.strictObject(
  {
    name: z
      .string("must be a text")
      .regex(/^[a-z][A-Za-z0-9_]{0,39}$/, "must be a key such as company")
      .refine((name) => !INPUTS.has(name), "must not be the name of another field")
      .refine((name) => !(name in Object.prototype), "must not be a name that every object has"),
    label: texts,
    hint: texts.optional(),
    error: texts.optional(),
    schema: z
      .custom<z.core.$ZodType>((value) => value instanceof z.core.$ZodType, {
        error: "must be a schema of zod",
        abort: true,
      })
      .refine(isSynchronous, "must not be asynchronous"),
    autoComplete: z.string("must be a text").optional(),
  },
  "must be an object",
);

/** What may get past a schema's first checks. */
const SAMPLES = [undefined, "x", "42", "Acme", "a text of several words", "a@b.example"];

function isSynchronous(schema: z.core.$ZodType): boolean {
  return SAMPLES.every((sample) => {
    try {
      z.safeParse(schema, sample);
      return true;
    } catch (error) {
      return !(error instanceof z.core.$ZodAsyncError);
    }
  });
}

const image = z
  .string("must be the name of a file")
  .regex(/\.(svg|png|webp)$/i, {
    error: "must be the name of an SVG, PNG or WebP file",
    abort: true,
  })
  .refine((file) => !isSource() || existsSync(file), {
    error: ({ input }) => `names ${String(input)}, which does not exist`,
  })
  .refine((file) => !existsSync(file) || statSync(file).size <= LARGEST_IMAGE, {
    error: "must have at most 50 kB, because it is part of every page",
  });

const colour = (scheme: Scheme) =>
  z
    .string("must be a colour such as #1f5f4a")
    .regex(/^#[\da-f]{6}$/i, { error: "must be a colour such as #1f5f4a", abort: true })
    .superRefine((value, context) => {
      for (const ground of ["paper", "surface"] as const) {
        const ratio = contrast(value, PALETTE[scheme][ground]);
        if (ratio >= READABLE) continue;
        const than = scheme === "light" ? "darker" : "lighter";
        const message = `has a contrast of ${ratio.toFixed(1)} to the page's ${PALETTE[scheme][ground]}, and needs ${READABLE} (WCAG AA); choose a ${than} one`;
        return context.addIssue({ code: "custom", message });
      }
    });

const OBJECT = "must be an object";

const settings = z.strictObject(
  {
    name: z
      .string({ error: ({ input }) => (input === undefined ? "is missing" : "must be a text") })
      .regex(/^\S(.{0,38}\S)?$/u, "must have 1 to 40 characters, without spaces around them")
      .regex(/^[^<>\p{C}]*$/u, "must not have < or >, nor characters that cannot be seen"),
    logo: z.strictObject({ light: image, dark: image.optional() }, OBJECT).optional(),
    logoHasName: z.boolean("must be true or false").optional(),
    icon: image.optional(),
    colours: z.strictObject({ light: colour("light"), dark: colour("dark") }, OBJECT).optional(),
    support: z.union([address, z.email()], { error: "must be a URL or a mail address" }).optional(),
    terms: addresses.optional(),
    termsVersion: z
      .string("must be a text")
      .regex(/^[!-~]([ -~]{0,48}[!-~])?$/, "must have 1 to 50 ASCII characters")
      .optional(),
    privacy: addresses.optional(),
    whyClosed: texts.optional(),
    extraField: extraField.optional(),
    sender: z
      .string("must be a text")
      .refine(isSender, 'must look like "Acme <hello@acme.example>"')
      .optional(),
    defaultLanguage: z
      .enum(LANGUAGE_TAGS, { error: `must be one of ${LANGUAGE_TAGS.join(", ")}` })
      .optional(),
  },
  OBJECT,
);

const schema = settings.refine(({ terms, termsVersion }) => terms || !termsVersion, {
  path: ["termsVersion"],
  error: "needs terms, the URL where people read them",
});

/** What is wrong in a brand's file, one line per mistake; none if it is right. */
export function findBrandFaults(given: unknown): string[] {
  const { error } = schema.safeParse(given);
  return (error?.issues ?? []).flatMap(describeIssue).map((line) => `enlist.config.ts: ${line}`);
}

function describeIssue(issue: z.core.$ZodIssue): string[] {
  const { path, message } = issue;
  const name = path.join(".") || "its default export";
  if (issue.code !== "unrecognized_keys") return [`${name} ${message}`];
  return issue.keys.map((key) => `${[...path, key].join(".")} is not a setting`);
}

/** Whether this runs from the sources, where the images are; a build holds them in its pages. */
function isSource(): boolean {
  return existsSync(join(/* turbopackIgnore: true */ process.cwd(), "next.config.js"));
}

/** The brand of enlist.config.ts, which {@link findBrandFaults} has checked, with all defaults. */
export const brand = withDefaults(config);

function withDefaults(given: BrandConfig) {
  const { defaultLanguage = "en", colours = ACCENTS } = given;
  return { ...given, defaultLanguage, colours };
}

/** The brand's colours of one scheme. `onAccent` is the text on a button. */
export function coloursOf(scheme: Scheme) {
  const accent = brand.colours[scheme];
  const [onAccent] = INKS.toSorted((a, b) => contrast(b, accent) - contrast(a, accent));
  return { ...PALETTE[scheme], accent, onAccent: onAccent! };
}

/** Where a link to the support leads: a mail address opens the mail program. */
export function hrefOfSupport(support: string): string {
  return URL.canParse(support) ? support : `mailto:${support}`;
}
