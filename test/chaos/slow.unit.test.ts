import { expect, it } from "vitest";
import type { Visitor } from "./visitor.ts";
import { findSlow } from "./slow.ts";

const people = (...errors: Visitor["errors"]) => [{ errors }] as Visitor[];
const error = (web: string, from: number, to: number) => ({ what: "createUser", web, from, to });

it("counts the errors that took over two seconds, whatever faults struck", () => {
  const struck = [{ name: "web frozen: 1", from: 1000, to: 5000 }];
  const slow = findSlow(people(error("web 1", 1500, 5100), error("web 1", 4900, 6900)), struck);
  expect(slow).toEqual({ count: 1, awake: [] });
});

it("lists slow errors of a web that was not frozen, with the faults at that time", () => {
  const struck = [
    { name: "web frozen: 1", from: 1000, to: 5000 },
    { name: "postgres frozen", from: 4500, to: 8000 },
    { name: "redis frozen", from: 9000, to: 9500 },
  ];
  const errors = [
    error("web 0", 1500, 5100),
    error("web 1", 1500, 7001),
    error("web 1", 1500, 7000),
  ];
  const { count, awake } = findSlow(people(...errors), struck);
  expect(count).toBe(3);
  expect(awake.map((words) => words.split(/\n +/))).toEqual([
    [
      "createUser of web 0 took 3.60 s",
      "web frozen: 1, -0.50 s to 3.50 s",
      "postgres frozen, 3.00 s to 6.50 s",
    ],
    [
      "createUser of web 1 took 5.50 s",
      "web frozen: 1, -0.50 s to 3.50 s",
      "postgres frozen, 3.00 s to 6.50 s",
    ],
  ]);
});
