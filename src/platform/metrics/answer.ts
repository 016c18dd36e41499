import { isSecret } from "../is-secret.ts";
import { metrics } from "./registry.ts";

/**
 * The metrics in Prometheus' text format, to whoever has the token.
 * @param token what must come as `Authorization: Bearer …`; null lets everybody read
 * @param readStores brings up to date what is not counted but read
 */
export async function answerMetrics(
  request: Request,
  token: string | null,
  readStores: () => Promise<void>,
): Promise<Response> {
  const given = request.headers.get("authorization") ?? "";
  if (token !== null && !isSecret(given, `Bearer ${token}`)) {
    const headers = { "www-authenticate": "Bearer" };
    return new Response("Requires METRICS_TOKEN as a bearer token.\n", { status: 401, headers });
  }
  const { registry } = metrics();
  await readStores();
  const headers = { "content-type": registry.contentType, "cache-control": "no-store" };
  return new Response(await registry.metrics(), { headers });
}
