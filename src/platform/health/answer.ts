import type { ReadinessCheck } from "./readiness.ts";

const headers = { "cache-control": "no-store" };

/** The answer of a process that is alive: to answer is all that it proves. Touches no store. */
export function answerHealth(): Response {
  return Response.json({ alive: true }, { headers });
}

/**
 * 200 where the process is ready, 503 where it is not or is stopping; the JSON says what is amiss.
 * @param url may leave needs out: `?exclude=redis`
 */
export async function answerReady(url: string, isReady: ReadinessCheck): Promise<Response> {
  const readiness = await isReady(new URL(url).searchParams.getAll("exclude"));
  return Response.json(readiness, { status: readiness.ready ? 200 : 503, headers });
}
