import type { Connection } from "../connection.ts";

/** The part of a Prisma client, or of an interactive transaction's client, that is used. */
export interface PrismaLike {
  // oxlint-disable-next-line typescript/no-explicit-any -- Prisma's own type says as much
  $queryRawUnsafe(text: string, ...values: any[]): PromiseLike<any>;
  /** Only clients have it. Since Prisma 7 a transaction has `$transaction` too, for savepoints. */
  $connect?: unknown;
}

/**
 * A Prisma client as a pool, or the client that `$transaction` passes to its callback as a
 * transaction; Prisma 7 with `@prisma/adapter-pg`. A finished one cannot be detected from outside:
 * Prisma itself refuses it with P2028 before sending anything.
 */
export function fromPrisma(prisma: PrismaLike): Connection {
  return {
    run: async ({ text, values }) => prisma.$queryRawUnsafe(text, ...values),
    transaction: () => (prisma.$connect ? "none" : "open"),
  };
}
