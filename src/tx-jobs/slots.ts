/** Milliseconds for which a slot must have been free of messages to count as idle. */
const IDLE_AFTER = 1000;

/** A place in which one handler runs. Give it back by calling it, and say so if no message needed it. */
export type Slot = (how?: "unneeded") => void;

/**
 * The places of one queue in one process: messages and the poll share them, so that no more handlers
 * run at once than were asked for.
 */
export interface Slots {
  /** Waits for a slot, behind other messages. */
  forMessage(): Promise<Slot>;
  /**
   * Waits for a slot, ahead of all messages, and takes all other idle ones as well.
   * @param most slots at most
   * @param canMessagesCome if not, every free slot is idle
   * @returns one slot at least, and whether they are idle ones
   */
  forPoll(
    most: number,
    canMessagesCome: () => boolean,
  ): Promise<{ slots: Slot[]; areIdle: boolean }>;
}

/**
 * A slot is idle if no message has needed it for a second: then there was none before it, as BullMQ
 * hands a waiting message to a free slot at once. So what is due in the table has lost its message.
 * Messages that find nothing to run do not count, however many they are.
 */
export function createSlots(size: number): Slots {
  let busy = 0;
  /** When a message last gave back the slot of each number, on performance.now's clock. */
  const needed = Array.from({ length: size }, () => performance.now());
  const waiting: { poll: (() => void)[]; messages: (() => void)[] } = { poll: [], messages: [] };

  const enter = (isMessage: boolean): Slot => {
    busy++;
    let isHeld = true;
    return (how) => {
      if (!isHeld) return;
      isHeld = false;
      busy--;
      if (isMessage && !how) needed[busy] = performance.now();
      (waiting.poll.shift() ?? waiting.messages.shift())?.();
    };
  };
  const isFull = () => busy >= size;
  const free = async (queue: (() => void)[]) => {
    // Whoever is woken may find that another has come first.
    while (isFull()) await new Promise<void>((resolve) => queue.push(resolve));
  };
  const idle = () => {
    if (waiting.messages.length > 0) return 0;
    const since = performance.now() - IDLE_AFTER;
    return needed.slice(busy).filter((at) => at < since).length;
  };

  return {
    async forMessage() {
      await free(waiting.messages);
      return enter(true);
    },
    async forPoll(most, canMessagesCome) {
      await free(waiting.poll);
      const count = canMessagesCome() ? idle() : size - busy;
      const length = Math.max(1, Math.min(most, count));
      return { slots: Array.from({ length }, () => enter(false)), areIdle: count > 0 };
    },
  };
}
