import { compareRounds, interleave, rate } from "../measure.ts";
import { openPeerSignups, type PeerSignups } from "../peer-signups.ts";
import type { Line, Measure } from "../row.ts";
import { openServices } from "../services.ts";
import { commitSignup } from "../signups.ts";

/** Milliseconds in which each way enqueues before the next has its turn. */
const MS = 800;

/** One way to see to the mail of a user who is inserted. */
interface Peer extends Pick<Line, "peer" | "atLeast"> {
  signUp: () => Promise<unknown>;
  /** Begins what runs besides, for as long as it is this one's turn. */
  begin?: () => void;
  /** Resolves when all jobs are where a worker finds them. */
  settle?: () => Promise<void>;
}

/** The same transaction of the same user, with the ways that others have to enqueue the mail. */
export const measure: Measure = async ({ say }) => {
  const services = await openServices();
  const signUps = await openPeerSignups(services);
  const peers = peersOf(signUps);
  const sides = [
    { peer: "ours", signUp: () => commitSignup(services) },
    { peer: "ours, owing", signUp: signUps.owing },
    ...peers,
  ].map((side: Peer) => ({
    what: side.peer,
    run: async () => {
      side.begin?.();
      const [perSecond] = await rate(side.signUp, { atOnce: 20, ms: MS, runUp: 0 });
      const begin = performance.now();
      await side.settle?.();
      return [(perSecond! * MS) / (MS + performance.now() - begin)];
    },
  }));
  const [ours, owing, ...theirs] = await interleave(sides, say, 8);
  const lines = (mine: number[], given: Pick<Line, "part">, withTargets: boolean) =>
    peers.map(({ peer, atLeast }, index): Line => ({
      ...given,
      unit: "/s",
      ...compareRounds(mine, theirs[index]!),
      peer,
      ...(atLeast && withTargets ? { atLeast } : {}),
    }));
  return [...lines(ours!, {}, true), ...lines(owing!, { part: "`owe`" }, false)];
};

/** The same guarantee is a target; one that enqueues after the commit may lose people between the two. */
function peersOf(signUps: PeerSignups): Peer[] {
  return [
    { peer: "pg-boss 12, inside", signUp: signUps.pgBoss, atLeast: 1.5 },
    { peer: "graphile-worker 0.18, inside", signUp: signUps.graphileWorker, atLeast: 1.5 },
    { peer: "BullMQ on PostgreSQL, inside", signUp: signUps.bullmqOnPostgres },
    { peer: "outbox, polled", signUp: signUps.outbox, ...signUps.relay, atLeast: 1 },
    { peer: "BullMQ, after the commit", signUp: signUps.bullmqAfterCommit },
  ];
}
