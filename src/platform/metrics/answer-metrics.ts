import { isSecret } from "../is-secret.ts";
import { metrics } from "./registry.ts";

/**
 * Answers with the metrics in Prometheus' text format, or 401.
 * @param token required as `Authorization: Bearer …`; null allows everyone
 * @param updateGauges updates the gauges before they are read
 */
export async function answerMetrics(
  request: Request,
  token: string | null,
  updateGauges: () => Promise<void>,
): Promise<Response> {
  const given = request.headers.get("authorization") ?? "";
  if (token !== null && !isSecret(given, `Bearer ${token}`)) {
    const headers = { "www-authenticate": "Bearer" };
    return new Response("Requires METRICS_TOKEN as a bearer token.\n", { status: 401, headers });
  }
  const { registry } = metrics();
  await updateGauges();
  const headers = { "content-type": registry.contentType, "cache-control": "no-store" };
  return new Response(await registry.metrics(), { headers });
}
