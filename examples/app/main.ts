// An application whose people sign up at Enlist: README.md.
import { serve } from "@hono/node-server";
import { getMigrations } from "better-auth/db/migration";
import { app } from "./app.ts";
import { auth } from "./auth.ts";
import { PORT } from "./env.ts";
import { pool } from "./pool.ts";

await pool.query("create schema if not exists app");
await (await getMigrations(auth.options)).runMigrations();

const server = serve({ fetch: app.fetch, port: PORT, hostname: "127.0.0.1" }, () =>
  console.log(`listening on port ${PORT}`),
);
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => server.close(() => void pool.end()));
}
