import type { Connection } from "../connection.ts";

/** What is used of a Prisma client or of the client of an interactive transaction. */
export interface PrismaLike {
  // oxlint-disable-next-line typescript/no-explicit-any -- Prisma's own type says as much
  $queryRawUnsafe(text: string, ...values: any[]): PromiseLike<any>;
  /** Of a client alone; since Prisma 7 a transaction has `$transaction` too, for savepoints. */
  $connect?: unknown;
}

/**
 * A Prisma client as a pool, or what `$transaction` hands to its callback as a transaction; Prisma 7
 * with `@prisma/adapter-pg`. One that is over cannot be seen from outside: Prisma itself refuses it,
 * with P2028 and before anything is sent.
 */
export function fromPrisma(prisma: PrismaLike): Connection {
  return {
    run: async ({ text, values }) => prisma.$queryRawUnsafe(text, ...values),
    transaction: () => (prisma.$connect ? "none" : "open"),
  };
}
