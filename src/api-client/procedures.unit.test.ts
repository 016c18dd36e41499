import type { inferRouterError, inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import { describe, expectTypeOf, it } from "vitest";
import type { RefusalCode } from "../platform/refusals.ts";
import type { AppRouter } from "../web/api/router.ts";
import type { Client } from "./create-client.ts";
import type { KnownCode } from "./enlist-error.ts";
import type { Procedures } from "./procedures.ts";
import type { ErrorData } from "./read-answer.ts";

type Name = keyof Procedures;
type ServerInputs = inferRouterInputs<AppRouter>;
type ServerOutputs = inferRouterOutputs<AppRouter>;

/** What a subscription yields; of others, the output itself. */
type Event<T> = T extends AsyncIterable<infer U> ? U : T;

/** Shows an intersection as one object, as a router's inferred type is. */
type Plain<T> = { [K in keyof T]: T[K] };

// The compiler makes these checks: `npm run check` fails if one does not hold.
describe("the package's own types", () => {
  it("name exactly the server's procedures", () => {
    expectTypeOf<Name>().toEqualTypeOf<keyof ServerInputs>();
    expectTypeOf<Exclude<Name, "createUser">>().toExtend<keyof Client>();
  });

  it("have the server's inputs", () => {
    type Ours = { [P in Name]: Plain<Procedures[P]["input"]> };
    expectTypeOf<Ours>().toEqualTypeOf<{ [P in Name]: Plain<ServerInputs[P]> }>();
  });

  it("have the server's outputs", () => {
    type Ours = { [P in Name]: Procedures[P]["output"] };
    expectTypeOf<Ours>().toEqualTypeOf<{ [P in Name]: Event<ServerOutputs[P]> }>();
  });

  it("have the server's errors", () => {
    type ServerData = inferRouterError<AppRouter>["data"];
    expectTypeOf<keyof ErrorData>().toEqualTypeOf<
      Exclude<keyof ServerData, "path" | "httpStatus">
    >();
    expectTypeOf<ServerData>().toExtend<ErrorData>();
    expectTypeOf<RefusalCode>().toExtend<KnownCode>();
  });
});
