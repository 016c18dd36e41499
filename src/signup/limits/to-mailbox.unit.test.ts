import { expect, it } from "vitest";
import { toMailbox } from "./to-mailbox.ts";

it.each([
  ["Ada+news@Example.com", "ada@example.com"],
  ["ada@example.com", "ada@example.com"],
  ["a+b+c@example.com", "a@example.com"],
  ["+@example.com", "+@example.com"],
  ["A.da.l+x@googlemail.com", "adal@gmail.com"],
  ["a.da@example.com", "a.da@example.com"],
])("%s belongs to the mailbox %s", (email, mailbox) => expect(toMailbox(email)).toBe(mailbox));
