import type { inferRouterInputs } from "@trpc/server";
import type { AppRouter } from "../api/router.ts";
import type { Schema } from "./document.ts";

type Inputs = inferRouterInputs<AppRouter>;
type KeysOf<Input> = Input extends object ? keyof Input : never;
type Field = KeysOf<Inputs[keyof Inputs]>;

const TRIMMED = "Invisible characters at its ends are trimmed.";

/** What to know about each input field. The rules that JSON Schema cannot express are here. */
export const FIELDS: Record<Field, Schema> = {
  requestId: {
    description: "A UUID that you generate for this sign-up, the same over its retries.",
    format: "uuid",
    examples: ["0b0f7a3e-7a44-4c5e-9f0e-3f5a1c2b4d6e"],
  },
  username: {
    description: `3 to 100 of a–z, 0–9 and _. ${TRIMMED}`,
    examples: ["alice"],
  },
  fullName: {
    description: `1 to 100 characters, with a letter in it. ${TRIMMED}`,
    examples: ["Alice Liddell"],
  },
  acceptedTerms: {
    description: "The version of the terms that the person has read and accepted.",
  },
  extra: {
    description: "The field of the installation's own, by its name.",
  },
  invitation: {
    description:
      "The token in an invitation's link. The address is then known, and the account verified at once.",
    examples: ["0".repeat(96)],
  },
  email: {
    description: `An address that takes mail, of at most 254 characters. ${TRIMMED}`,
    examples: ["alice@example.com"],
  },
  password: {
    description:
      "The account's password: 8 to 256 characters, not guessable. It is taken as it is, in Unicode's form NFKC.",
    format: "password",
    examples: ["vexed-otter-lantern-42"],
  },
  token: {
    description: "The token in the mail's link. What mail programs add to it is ignored.",
    examples: ["0".repeat(96)],
  },
  returnTo: {
    description: "Where in your application the person continues. RETURN_URLS must allow it.",
    examples: ["https://app.example.org/welcome"],
  },
  language: {
    description:
      "What the mails are written in, as a BCP 47 tag; by default what `Accept-Language` asks for.",
    examples: ["pt-BR"],
  },
  state: {
    description: "Comes back to your application unchanged, beside the code of `handOff`.",
    examples: ["af0ifjsldkj"],
  },
  code: {
    description: "The 8 digits in the newest mail, with any other characters around or between.",
    examples: ["4590 8452"],
  },
};
