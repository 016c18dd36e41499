import type { ReadinessCheck } from "./readiness.ts";

const headers = { "cache-control": "no-store" };

/** The liveness response: answering at all is the proof. It touches no store. */
export function answerHealth(): Response {
  return Response.json({ alive: true }, { headers });
}

/**
 * The readiness response: 200 if the process is ready, 503 if not or if it is stopping. The JSON
 * body names the failing checks.
 * @param url may exclude checks: `?exclude=redis`
 */
export async function answerReady(url: string, isReady: ReadinessCheck): Promise<Response> {
  const readiness = await isReady(new URL(url).searchParams.getAll("exclude"));
  return Response.json(readiness, { status: readiness.ready ? 200 : 503, headers });
}
