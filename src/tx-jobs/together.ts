import { sqlState } from "./connection.ts";

/**
 * Makes calls of the same turn of the event loop share one statement. It is sent at the end of that
 * turn, so no call waits for another. If PostgreSQL refuses the statement of several calls, each is
 * tried alone: a failure of one is a failure of one.
 * @param ask returns one result per item, in their order
 * @returns a function that asks for one item
 */
export function together<Item, Result>(
  ask: (items: Item[]) => Promise<Result[]>,
): (item: Item) => Promise<Result> {
  let calls: { item: Item; answer: (result: Promise<Result>) => void }[] = [];
  const send = () => {
    const sent = calls;
    calls = [];
    const asking = ask(sent.map(({ item }) => item));
    for (const [index, { item, answer }] of sent.entries()) {
      const alone = async (error: unknown) => {
        // Without a code, PostgreSQL is away, and would not answer each of them either.
        if (sent.length === 1 || !sqlState(error)) throw error;
        return (await ask([item]))[0]!;
      };
      answer(asking.then((results) => results[index]!, alone));
    }
  };
  return (item) =>
    new Promise((answer) => {
      if (calls.push({ item, answer }) === 1) setImmediate(send);
    });
}

/**
 * The same for what is tried until it succeeds. After its first try an item is asked for alone, so
 * that it cannot delay others again.
 * @returns a function that also gets the number of earlier tries
 */
export function togetherAtFirst<Item, Result>(
  ask: (items: Item[]) => Promise<Result[]>,
): (item: Item, tries: number) => Promise<Result> {
  const askTogether = together(ask);
  return async (item, tries) => (tries === 0 ? askTogether(item) : (await ask([item]))[0]!);
}
