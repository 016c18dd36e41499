/** Milliseconds for which messages must have left a place free, if the list before it is to be empty. */
const IDLE_AFTER = 1000;

/** A place in which one handler runs. Give it back by calling it, once or more often. */
export type Slot = () => void;

interface MessageSlot extends Slot {
  /** The message has a job to run. */
  runs(): void;
}

/**
 * The places of one queue in one process: messages and the poll share them, so that no more handlers
 * run at once than were asked for.
 */
export interface Slots {
  /** Waits for a slot, behind other messages. */
  forMessage(): Promise<MessageSlot>;
  /**
   * Waits for a slot, ahead of messages, and takes all other idle ones as well.
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
 * Free slots are idle if at no moment of the last second messages had a use for all of them: then there
 * was no message left to come, as BullMQ hands one to a free place at once. So what has been due in the
 * table for that long has lost its message. Messages of which none finds a job do not count, however
 * many they are: an old copy of Redis may have come back.
 */
export function createSlots(size: number): Slots {
  let busy = 0;
  /** Messages that have a slot. */
  let messages = 0;
  /** Messages in a row that found no job to run. */
  let idlers = 0;
  let saturatedAt = performance.now();
  const waiting: { poll: (() => void)[]; messages: (() => void)[] } = { poll: [], messages: [] };

  const note = () => {
    const isSaturated = messages + waiting.messages.length >= size && idlers < size;
    if (isSaturated) saturatedAt = performance.now();
  };
  const leave = () => {
    busy--;
    (waiting.poll.shift() ?? waiting.messages.shift())?.();
  };
  const enter = (onLeave = () => {}): Slot => {
    busy++;
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      onLeave();
      leave();
    };
  };
  const enterMessage = (): MessageSlot => {
    let isIdler = true;
    messages++;
    note();
    const slot = enter(() => {
      note();
      messages--;
      if (isIdler) idlers++;
    });
    const runs = () => {
      isIdler = false;
      idlers = 0;
    };
    return Object.assign(slot, { runs });
  };
  const isFull = () => busy >= size;
  const free = async (queue: (() => void)[]) => {
    // Whoever is woken may find that another has come first.
    while (isFull()) {
      const woken = new Promise<void>((resolve) => queue.push(resolve));
      note();
      await woken;
    }
  };

  return {
    async forMessage() {
      await free(waiting.messages);
      return enterMessage();
    },
    async forPoll(most, canMessagesCome) {
      await free(waiting.poll);
      const areIdle = !canMessagesCome() || performance.now() - saturatedAt > IDLE_AFTER;
      const length = areIdle ? Math.min(most, size - busy) : 1;
      return { slots: Array.from({ length }, () => enter()), areIdle };
    },
  };
}
