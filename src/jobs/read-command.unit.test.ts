import { expect, it } from "vitest";
import { readCommand } from "./read-command.ts";

const ID = "af774eb2-792f-4552-a88b-f5900662e181";

it.each([
  [[], "use list or retry."],
  [["drop"], "use list or retry."],
  [["list", "extra"], "use list or retry."],
  [["list", "--state", "lost"], "--state is one of failed, waiting, running, retrying, done."],
  [["list", "--limit", "0"], "--limit takes a whole number, 1 to 100000."],
  [["retry"], "retry takes ids, or --name."],
  [["retry", ID, "--name", "verify-email"], "retry takes ids, or --name."],
  [["retry", "' or true --"], `"' or true --" is not the id of a job.`],
  [["list", "--nonsense"], "--nonsense"],
])("refuses %j in one line that says what is wrong", (args, words) => {
  expect(() => readCommand(args)).toThrow(words);
});

it.each([
  [["list"], { verb: "list", filter: { state: "failed", limit: 100 }, json: false }],
  [["retry", ID], { verb: "retry", which: { ids: [ID] } }],
  [["retry", "--name", "verify-email"], { verb: "retry", which: { name: "verify-email" } }],
])("reads %j", (args, command) => {
  expect(readCommand(args)).toEqual(command);
});
