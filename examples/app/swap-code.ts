import { ENLIST_URL, HANDOFF_SECRET } from "./env.ts";

interface HandedOff {
  id: string;
  /** What the person signed up in, such as "pt-BR". */
  language: string;
}

/**
 * Swaps the code of a person who comes from Enlist for the user's id and language.
 * @returns undefined if the code is used, expired or another state's, or if Enlist does not answer
 */
export async function swapCode(code: string, state: string): Promise<HandedOff | undefined> {
  try {
    const answer = await fetch(new URL("/api/handoff", ENLIST_URL), {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${HANDOFF_SECRET}` },
      body: JSON.stringify({ code, state }),
      signal: AbortSignal.timeout(5000),
    });
    if (answer.ok) return ((await answer.json()) as { user: HandedOff }).user;
    if (answer.status !== 400) console.error(`Enlist refused a code with ${answer.status}`);
  } catch (error) {
    console.error("Enlist does not answer:", (error as Error).message);
  }
  return undefined;
}
