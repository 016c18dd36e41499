/** What a web answered. */
export interface Answer {
  status: number;
  // oxlint-disable-next-line typescript/no-explicit-any -- whatever the server says
  body: any;
  cookie: string | undefined;
}

/** Milliseconds until a person loses patience with a page that does not answer. */
const PATIENCE = 10_000;

/**
 * Calls a mutation as the page does.
 * @param url the web's
 * @param patience milliseconds to wait
 * @throws where no answer came
 */
export async function call(
  url: string,
  procedure: string,
  { cookie, ...input }: Record<string, string | undefined>,
  patience = PATIENCE,
): Promise<Answer> {
  const response = await fetch(`${url}/api/trpc/${procedure}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(cookie ? { cookie } : {}) },
    body: JSON.stringify(input),
    signal: AbortSignal.timeout(patience),
  });
  const isJson = response.headers.get("content-type")?.startsWith("application/json");
  return {
    status: response.status,
    body: isJson ? await response.json() : await response.text(),
    cookie: response.headers.get("set-cookie")?.split(";", 1)[0],
  };
}
