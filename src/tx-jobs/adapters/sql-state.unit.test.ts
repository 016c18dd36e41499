import { expect, it } from "vitest";
import { sqlState } from "../connection.ts";

const error = (fields: object, cause?: unknown) =>
  Object.assign(new Error("on purpose", { cause }), fields);

it.each([
  ["of the driver's error", error({ code: "40001" }), "40001"],
  ["of a nested error", error({}, error({}, error({ code: "40P01" }))), "40P01"],
  ["behind one of Node's errors", error({ code: "EPIPE" }, error({ code: "57P01" })), "57P01"],
  [
    "behind one of Prisma's errors",
    error({ code: "P2034", meta: {} }, error({ code: "40001" })),
    "40001",
  ],
  ["of Prisma before version 7", error({ code: "P2010", meta: { code: "42P01" } }), "42P01"],
  ["of Prisma's adapter", error({}, { originalCode: "40001", kind: "postgres" }), "40001"],
  ["of TypeORM", error({ driverError: error({ code: "55P03" }) }), "55P03"],
  ["of an error without one", error({ code: "ECONNREFUSED" }), undefined],
  ["of an object that is no error", { code: "40001" }, undefined],
  ["of undefined", undefined, undefined],
])("reads the code %s", (_, thrown, code) => {
  expect(sqlState(thrown)).toBe(code);
});
