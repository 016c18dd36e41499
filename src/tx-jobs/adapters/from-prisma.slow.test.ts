import { PrismaPg } from "@prisma/adapter-pg";
import { getPrismaClient } from "@prisma/client/runtime/client";
import { describeAdapter } from "../../../test/fixtures/tx-jobs-adapter.ts";
import { fromPrisma } from "./from-prisma.ts";

/** What `prisma generate` creates from a schema without models: enough for raw queries. */
const PrismaClient = getPrismaClient({
  previewFeatures: [],
  clientVersion: "7.10.0",
  engineVersion: "7.10.0",
  activeProvider: "postgresql",
  inlineSchema: 'datasource db {\n  provider = "postgresql"\n}\n',
  runtimeDataModel: { models: {}, enums: {}, types: {} },
  parameterizationSchema: { strings: [], graph: "AAAA" },
  compilerWasm: {
    // @ts-expect-error -- it has no types
    getRuntime: () => import("@prisma/client/runtime/query_compiler_fast_bg.postgresql.mjs"),
    async getQueryCompilerWasmModule() {
      const { wasm } =
        // @ts-expect-error -- it has no types
        await import("@prisma/client/runtime/query_compiler_fast_bg.postgresql.wasm-base64.mjs");
      return new WebAssembly.Module(Buffer.from(wasm, "base64"));
    },
    importName: "./query_compiler_fast_bg.js",
  },
});

/** An excerpt of the types that `prisma generate` would write. */
interface Prisma {
  $queryRawUnsafe<T = unknown>(query: string, ...values: unknown[]): Promise<T>;
  $transaction<T>(work: (tx: Omit<Prisma, "$connect">) => Promise<T>): Promise<T>;
  $connect(): Promise<void>;
  $disconnect(): Promise<void>;
}

await describeAdapter(
  "Prisma",
  (url) => {
    const adapter = new PrismaPg({ connectionString: url, max: 10 });
    const prisma = new PrismaClient({ adapter }) as unknown as Prisma;
    return {
      pool: fromPrisma(prisma),
      from: fromPrisma,
      transaction: (work) => prisma.$transaction(work),
      savepoint: (tx: Omit<Prisma, "$connect">, work) => tx.$transaction(work),
      close: () => prisma.$disconnect(),
    };
  },
  { name: "PrismaClientKnownRequestError", code: "P2028" },
);
