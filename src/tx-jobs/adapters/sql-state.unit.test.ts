import { expect, it } from "vitest";
import { sqlState } from "../connection.ts";

const error = (fields: object, cause?: unknown) =>
  Object.assign(new Error("on purpose", { cause }), fields);

it.each([
  ["the driver's own", error({ code: "40001" }), "40001"],
  ["one within another", error({}, error({}, error({ code: "40P01" }))), "40P01"],
  ["behind one of Node's", error({ code: "EPIPE" }, error({ code: "57P01" })), "57P01"],
  ["behind one of Prisma's", error({ code: "P2034", meta: {} }, error({ code: "40001" })), "40001"],
  ["Prisma's before version 7", error({ code: "P2010", meta: { code: "42P01" } }), "42P01"],
  ["of Prisma's adapter", error({}, { originalCode: "40001", kind: "postgres" }), "40001"],
  ["TypeORM's", error({ driverError: error({ code: "55P03" }) }), "55P03"],
  ["none", error({ code: "ECONNREFUSED" }), undefined],
  ["no error", { code: "40001" }, undefined],
  ["nothing", undefined, undefined],
])("%s", (_, thrown, code) => {
  expect(sqlState(thrown)).toBe(code);
});
