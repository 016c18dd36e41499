// npm run web: Next's own server, from the production build.
import { hostname } from "node:os";
import { env } from "node:process";
import { loadWebEnv, orExit } from "#src/platform/env.ts";

// First, as .env lies where this was started, and that server goes elsewhere.
orExit(loadWebEnv);
// Login shells, container engines and Kubernetes set it to the machine's own name, which was not
// meant to say where to listen; Next would listen there alone.
if (env.HOSTNAME === hostname()) delete env.HOSTNAME;
// Most proxies keep a connection for a minute, and pass on an error where it is closed just as they
// use it; Node's own five seconds make that happen. An empty value is "not set", as in env.ts.
env.KEEP_ALIVE_TIMEOUT ||= "75000";
await import(new URL("server.js", import.meta.url).href);
