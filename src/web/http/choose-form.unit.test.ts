import type { IncomingMessage, ServerResponse } from "node:http";
import { expect, it } from "vitest";
import { chooseForm } from "./choose-form.ts";

const USUAL = { SIGNUPS: "open", USERNAMES: "on", FULL_NAMES: "required", TERMS: "link" } as const;

it.each<[env: Partial<Parameters<typeof chooseForm>[0]>, url: string, shown: string]>([
  [{}, "/de/signup?state=x", "/de/signup/form/on-required-link?state=x"],
  [{ USERNAMES: "off", FULL_NAMES: "optional" }, "/en/signup", "/en/signup/form/off-optional-link"],
  [
    { TERMS: "accept" },
    "/ja/signup?invitation=0",
    "/ja/signup/invited/on-required-accept?invitation=0",
  ],
  [{ SIGNUPS: "invited" }, "/de/signup?x=invitation", "/de/signup/closed/invited?x=invitation"],
  [
    { SIGNUPS: "invited" },
    "/de/signup?invitation=0",
    "/de/signup/invited/on-required-link?invitation=0",
  ],
  [
    { SIGNUPS: "invited" },
    "/de/signup?invitation%3D0",
    "/de/signup/invited/on-required-link?invitation%3D0",
  ],
  [{ SIGNUPS: "closed" }, "/de/signup?invitation=0", "/de/signup/closed/closed?invitation=0"],
  [{ SIGNUPS: "closed" }, "/de/signup/check-inbox", "/de/signup/check-inbox"],
  [{ SIGNUPS: "closed" }, "/de/verify?token=/de/signup", "/de/verify?token=/de/signup"],
])("with %j, %s is answered by %s", (env, url, shown) => {
  const request = { url } as IncomingMessage;
  let passes = 0;
  chooseForm({ ...USUAL, ...env })(request, {} as ServerResponse, () => void passes++);
  expect({ url: request.url, passes }).toEqual({ url: shown, passes: 1 });
});
