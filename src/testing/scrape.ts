import { expect } from "vitest";
import { answerMetrics } from "#src/server/metrics/answer.ts";
import { createStoresReader, type StoresDeps } from "#src/server/metrics/read-stores.ts";
import { waitFor } from "../../scripts/services/wait-for.ts";

/** This process's metrics as Prometheus reads them, with what the stores say at that moment. */
export function scraper(stores: StoresDeps) {
  /** What a scrape says, and not what an earlier one has read of the stores. */
  const scrape = (token: string | null = null, headers = {}): Promise<Response> => {
    const request = new Request("http://localhost/api/metrics", { headers });
    return answerMetrics(request, token, createStoresReader(stores));
  };

  /** What a scrape says of one series, if it says anything. */
  const valueOf = async (series: string): Promise<number | undefined> => {
    const text = await (await scrape()).text();
    const found = text.split("\n").find((sample) => sample.startsWith(`${series} `));
    return found === undefined ? undefined : Number(found.slice(series.length));
  };

  /** Waits for a series to say so. */
  const expectValue = (series: string, value: number | undefined): Promise<unknown> => {
    const hasValue = async () => (await valueOf(series)) === value;
    return waitFor(`${series} to be ${value}`, hasValue).catch(async () => {
      expect(`${series} ${await valueOf(series)}`).toBe(`${series} ${value}`);
    });
  };

  return { scrape, valueOf, expectValue };
}
