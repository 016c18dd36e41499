import { expect, it } from "vitest";
import { readCommand } from "./read-command.ts";

it.each([
  [["ada@example.com"], { verb: "invite", addresses: ["ada@example.com"], language: undefined }],
  [["a@b.example", "c@d.example", "--language", "pt"], { verb: "invite", language: "pt-BR" }],
  [["--list"], { verb: "list", json: false }],
  [["--list", "--json"], { verb: "list", json: true }],
  [["--withdraw", "a@b.example"], { verb: "withdraw", addresses: ["a@b.example"] }],
])("reads %j", (args, command) => {
  expect(readCommand(args)).toMatchObject(command);
});

it.each([
  [[], "name at least one address."],
  [["--withdraw"], "name at least one address."],
  [["--list", "a@b.example"], "--list takes no address."],
  [["--list", "--withdraw"], "use either --list or --withdraw."],
  [["a@b.example", "--json"], "--json is for --list."],
  [["a@b.example", "--language", "xx"], "--language must be one of en"],
  [["--list", "--language", "de"], "--language is for an invitation."],
])("refuses %j", (args, message) => {
  expect(() => readCommand(args)).toThrow(message);
});
