import { expect, it } from "vitest";
import { readCommand } from "./read-command.ts";

it.each([
  [["find", "ada"], { verb: "find", query: "ada", json: false, yes: false }],
  [["find", "ada@example.com", "--json"], { verb: "find", query: "ada@example.com", json: true }],
  [["export", "ada"], { verb: "export", query: "ada" }],
  [["delete", "ada", "--yes"], { verb: "delete", query: "ada", yes: true }],
])("reads %j", (args, command) => {
  expect(readCommand(args)).toMatchObject(command);
});

it.each([
  [[], "use find, export or delete."],
  [["erase", "ada"], "use find, export or delete."],
  [["find"], "find takes one address, username or id."],
  [["find", " "], "find takes one address, username or id."],
  [["delete", "ada", "bob"], "delete takes one address, username or id."],
  [["export", "ada", "--json"], "--json is for find; export is JSON already."],
  [["find", "ada", "--yes"], "--yes is for delete."],
])("refuses %j", (args, message) => {
  expect(() => readCommand(args)).toThrow(message);
});
