import { DataSource, type EntityManager } from "typeorm";
import { beforeAll, expect, it } from "vitest";
import { describeAdapter } from "../../../test/fixtures/tx-jobs-adapter.ts";
import { fromTypeorm } from "./from-typeorm.ts";

let source!: DataSource;
beforeAll(async () => void (await source.initialize()));

await describeAdapter("TypeORM", (url) => {
  source = new DataSource({ type: "postgres", url, poolSize: 10 });
  return {
    pool: fromTypeorm(source),
    from: fromTypeorm,
    transaction: (work) => source.transaction(work),
    savepoint: (manager: EntityManager, work) => manager.transaction(work),
    close: () => source.destroy(),
  };
});

it("accepts a query runner, and takes a manager without one for a pool", async () => {
  const runner = source.createQueryRunner();
  expect(fromTypeorm(runner).transaction()).toBe("over");
  await runner.startTransaction();
  expect(fromTypeorm(runner).transaction()).toBe("open");
  expect(fromTypeorm(runner.manager).transaction()).toBe("open");
  await runner.commitTransaction();
  expect(fromTypeorm(runner).transaction()).toBe("over");
  await runner.startTransaction();
  await runner.query("rollback");
  await runner.release();
  expect(fromTypeorm(runner.manager).transaction()).toBe("over");
  expect(fromTypeorm(source.manager).transaction()).toBe("none");
});
