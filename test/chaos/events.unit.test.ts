import { expect, it } from "vitest";
import { compareEvents } from "./events.ts";

const verified = new Set(["ada", "bob"]);
const event = (id: string, userId: string, type = "user.verified") => ({
  ...{ id, type },
  data: { user: { id: userId } },
});

it("accepts one event per verified account, and copies of it", () => {
  const events = [event("1", "ada"), event("2", "bob"), event("2", "bob")];
  const nothing = { missing: [], stray: [], changed: [] };
  expect(compareEvents(events, verified)).toEqual({ ...nothing, copies: 1 });
});

it("finds an account that the application has not heard of", () => {
  expect(compareEvents([event("1", "ada")], verified).missing).toEqual(["bob"]);
});

it("finds events of unverified accounts, and of another type", () => {
  const events = [event("1", "eve"), event("2", "bob", "user.deleted")];
  expect(compareEvents(events, verified).stray).toEqual([
    "user.verified of eve",
    "user.deleted of bob",
  ]);
});

it("finds copies with another id", () => {
  const events = [event("1", "ada"), event("2", "ada"), event("3", "bob")];
  expect(compareEvents(events, verified)).toMatchObject({ changed: ["ada"], copies: 1 });
});
