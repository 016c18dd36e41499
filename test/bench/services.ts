import type { Context } from "#src/web/api/context.ts";
import { web } from "#src/web/services.ts";
import { waitFor } from "../servers/wait-for.ts";

/** The services of a web process, in this process and wired as the product wires them. */
export async function openServices() {
  const { services } = web();
  await waitFor("Redis", () => {
    services.jobs.assertReady();
    return true;
  });
  await services.db.raw("select 1");
  return services;
}

/** What the HTTP mount adds for one request. */
export function aContext(services: Awaited<ReturnType<typeof openServices>>): Context {
  return {
    ...services,
    cookies: null,
    language: "en",
    clientAddress: "192.0.2.1",
    responseHeaders: new Headers(),
  };
}
