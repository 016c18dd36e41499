import { answerMetrics } from "#src/platform/metrics/answer-metrics.ts";
import { web } from "#src/web/services.ts";

/** Web is public, so without a token there are no metrics. */
export async function GET(request: Request): Promise<Response> {
  const { services, updateGauges } = web();
  const token = services.env.METRICS_TOKEN;
  if (!token) return new Response("Disabled: METRICS_TOKEN is not set.\n", { status: 404 });
  return answerMetrics(request, token, updateGauges);
}
