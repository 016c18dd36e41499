import { opened } from "#src/web/opened.ts";

/** Web is public, so without a token there are no metrics. */
export async function GET(request: Request): Promise<Response> {
  const { services, updateGauges } = opened();
  const token = services.env.METRICS_TOKEN;
  if (!token) return new Response("Disabled: METRICS_TOKEN is not set.\n", { status: 404 });
  const { answerMetrics } = await import("#src/platform/metrics/answer-metrics.ts");
  return answerMetrics(request, token, updateGauges);
}
