import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import type { RefusalCode } from "#src/platform/refusals.ts";
import type { AppRouter } from "../api/router.ts";
import { FIELDS } from "./fields.ts";
import type { Schema } from "./document.ts";

type Outputs = inferRouterOutputs<AppRouter>;
export type ProcedureName = keyof Outputs;

/** What the document says of a procedure besides its schemas. */
interface ProcedureText<Input, Output> {
  summary: string;
  description?: string;
  /** Whether it needs the sign-up cookie, or reads it if it is there. */
  cookie: "needs" | "reads" | "ignores";
  /** Whether it sets that cookie when it succeeds. */
  setsCookie?: "always" | "sometimes";
  /** Its own refusals, and why if that is more than what the code means anywhere. */
  refusals: Partial<Record<RefusalCode, string | true>>;
  /** What the schema of its input cannot express by itself. */
  input?: Schema;
  example?: { input: Input; output: Output };
}

const LINK_GONE =
  "The link has expired, belongs to an earlier address, or its sign-up no longer exists.";
const NO_LINK = "The token is not one of ours.";
const WHO = "The cookie names the sign-up";

const example = (name: keyof typeof FIELDS) => (FIELDS[name].examples as string[])[0]!;

const alice = {
  username: example("username"),
  fullName: example("fullName"),
  email: example("email"),
};

export const PROCEDURES: {
  [Name in ProcedureName]: ProcedureText<inferRouterInputs<AppRouter>[Name], Outputs[Name]>;
} = {
  createUser: {
    summary: "Sign up",
    description:
      "Commits the user and the job that mails them, or neither. The same `requestId` returns the first result, so any failed sign-up can be sent again. So do the same username, address and password. An `invitation` makes the account verified at once, and nothing is mailed.",
    cookie: "ignores",
    setsCookie: "always",
    refusals: {
      CONFLICT:
        "`username` is reserved, or taken by a sign-up with another address or password; or `requestId` was used with another password, or by someone else.",
      FORBIDDEN: "Sign-ups are closed or need an invitation; or another site's page sent it.",
      NOT_FOUND: "The invitation does not exist.",
      PRECONDITION_FAILED: "The invitation has been used or has expired.",
      TOO_MANY_REQUESTS: true,
    },
    example: {
      input: { requestId: example("requestId"), ...alice, password: example("password") },
      output: {
        user: {
          id: "019b9d2e-3c00-7a51-9b1f-5d2c7c1f0a11",
          ...alice,
          emailVerifiedAt: null,
          createdAt: "2026-01-31T12:00:00.000Z",
        },
      },
    },
  },
  usernameAvailable: {
    summary: "Look whether a username is free",
    description: "A hint while typing; only `createUser` takes it.",
    cookie: "ignores",
    refusals: { TOO_MANY_REQUESTS: true },
  },
  signupStatus: {
    summary: "Watch where the mail is",
    description: `${WHO}. A stream of server-sent events: the status at once and after each change, until the account is verified. The server ends each stream after five minutes; open the next one then.`,
    cookie: "needs",
    refusals: { UNAUTHORIZED: true, NOT_FOUND: true },
  },
  resendVerification: {
    summary: "Send another mail",
    description: `${WHO}, or a link's \`token\` does, expired or not. The mail has a new link and code.`,
    cookie: "reads",
    refusals: {
      UNAUTHORIZED: "There is neither a cookie nor a token.",
      NOT_FOUND: "The token is not one of ours, or the sign-up no longer exists.",
      PRECONDITION_FAILED: "The account is verified.",
      TOO_MANY_REQUESTS: true,
    },
  },
  correctEmail: {
    summary: "Send the mail to another address",
    description: `${WHO}. The links to the old address become invalid.`,
    cookie: "needs",
    refusals: {
      UNAUTHORIZED: true,
      NOT_FOUND: true,
      PRECONDITION_FAILED: "The account is verified.",
      TOO_MANY_REQUESTS: true,
    },
  },
  inspectInvitation: {
    summary: "Describe an invitation's link",
    description: "Changes nothing. A mutation, to keep the token out of URLs.",
    cookie: "ignores",
    refusals: {
      FORBIDDEN: "Sign-ups are closed; or another site's page sent it.",
      NOT_FOUND: "The invitation does not exist.",
      PRECONDITION_FAILED: "The invitation has been used or has expired.",
    },
  },
  inspectLink: {
    summary: "Describe a mail's link",
    description: "Changes nothing. A mutation, to keep the token out of URLs.",
    cookie: "reads",
    refusals: { NOT_FOUND: NO_LINK, PRECONDITION_FAILED: LINK_GONE },
  },
  verifyEmail: {
    summary: "Confirm the address",
    description:
      "Either with `token`, and with `password` in another browser than the one that signed up; or with `code`, in that browser. The password sets the cookie for a while, so that `handOff` gives a code.",
    cookie: "reads",
    setsCookie: "sometimes",
    refusals: {
      UNAUTHORIZED: "The password is missing or wrong; or, with a code, the cookie is missing.",
      NOT_FOUND: "The token is not one of ours; or the sign-up of the cookie no longer exists.",
      PRECONDITION_FAILED: `${LINK_GONE} Or the address is taken, or ten codes were wrong.`,
      TOO_MANY_REQUESTS: true,
    },
    input: { oneOf: [{ required: ["token"] }, { required: ["code"] }] },
  },
  handOff: {
    summary: "Continue in the application",
    description: `${WHO}, or a link's \`token\` does. The address has a \`code\` for \`/api/handoff\` if the cookie is that person's, who verified in the last 15 minutes.`,
    cookie: "reads",
    refusals: {
      UNAUTHORIZED: "There is neither a cookie nor a token.",
      NOT_FOUND: "The token is not one of ours, or the sign-up no longer exists.",
      PRECONDITION_FAILED: "The account is not verified, or the installation has no RETURN_URL.",
      TOO_MANY_REQUESTS: true,
    },
  },
  discardSignup: {
    summary: "Delete a sign-up that was not mine",
    description: "For anyone who can read the mail. Frees the username.",
    cookie: "ignores",
    refusals: { NOT_FOUND: NO_LINK, PRECONDITION_FAILED: "The account is verified." },
  },
};
