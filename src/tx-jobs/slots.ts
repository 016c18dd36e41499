/** After this many milliseconds without all slots taken by messages, BullMQ's list must be empty. */
const IDLE_AFTER = 1000;

/** A place in which one handler runs. Call it to free the place; repeated calls do nothing. */
export type Slot = () => void;

interface MessageSlot extends Slot {
  /** Notes that the message has a job to run. */
  runs(): void;
}

/**
 * The slots of one queue in one process. Messages and the poll share them, so that no more handlers
 * run at once than configured.
 */
export interface Slots {
  /** Whether no slot is free. */
  isFull: () => boolean;
  /** Waits for a slot, behind other messages. */
  forMessage(): Promise<MessageSlot>;
  /**
   * Waits for a slot, ahead of messages, and takes all other idle ones too.
   * @param most maximum number of slots
   * @param canMessagesCome if false, every free slot is idle
   * @returns at least one slot, and whether the slots are idle
   */
  forPoll(
    most: number,
    canMessagesCome: () => boolean,
  ): Promise<{ slots: Slot[]; areIdle: boolean }>;
}

/**
 * Free slots are idle if messages have not used all of them within the last second. BullMQ hands a
 * message to a free slot at once, so no message was left. Jobs due for that long have lost theirs.
 * Messages that find no job do not count, because an old copy of Redis may be full of them.
 */
export function createSlots(size: number): Slots {
  let busy = 0;
  /** Messages that hold a slot. */
  let messages = 0;
  /** Consecutive messages that found no job to run. */
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
    // Another caller may have taken the slot first.
    while (isFull()) {
      const woken = new Promise<void>((resolve) => queue.push(resolve));
      note();
      await woken;
    }
  };

  return {
    isFull,
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
