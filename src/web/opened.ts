import type { Web } from "./services.ts";

// Next bundles each route separately; the global shares one set of connections per process.
export const shared = globalThis as typeof globalThis & { enlist?: Web };

/**
 * This web process's services, which it opened before Next answers anything. A route takes them
 * from here, as it would load its own copy of all that `services.ts` imports.
 */
export function opened(): Web {
  return shared.enlist!;
}
