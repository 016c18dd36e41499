import type { TcpProxy } from "#test/servers/tcp-proxy.ts";
import type { ProxiedSystem } from "../system.ts";
import { lasting, type Faults } from "./fault.ts";

type Pick = (system: ProxiedSystem) => TcpProxy;

/** What befalls the line from one process to one store. */
export const lineFaults: Faults = {};

for (const store of ["postgres", "redis"] as const) {
  for (const number of [0, 1]) {
    const web: Pick = (system) => system.webs[number]!.lines[store];
    const worker: Pick = (system) => system.workers[number]!.lines[store];
    Object.assign(lineFaults, faultsOf(store, `web ${number}`, web));
    Object.assign(lineFaults, faultsOf(store, `worker ${number}`, worker));
    if (store === "postgres") Object.assign(lineFaults, commitFaultsOf(`web ${number}`, web));
  }
}

function partOf(store: string, process: string): string {
  return `line from ${process} to ${store}`;
}

function faultsOf(store: string, process: string, pick: Pick): Faults {
  const part = partOf(store, process);
  const flow = (system: ProxiedSystem) => pick(system).flow();
  return {
    [`line to ${store} cut: ${process}`]: lasting(
      part,
      [0, 2500],
      (system) => pick(system).cut(),
      (system) => pick(system).restore(),
    ),
    [`line to ${store} stalled: ${process}`]: lasting(
      part,
      [100, 4000],
      (system) => pick(system).stall("all"),
      flow,
    ),
    [`answers of ${store} stalled: ${process}`]: lasting(
      part,
      [100, 4000],
      (system) => pick(system).stall("answers"),
      flow,
    ),
    [`line to ${store} lags: ${process}`]: lasting(
      part,
      [500, 4000],
      (system) => pick(system).lag(150),
      (system) => pick(system).lag(0),
    ),
    [`line to ${store} forgotten: ${process}`]: lasting(part, [0, 0], (system) =>
      pick(system).forget(),
    ),
  };
}

function cut(line: TcpProxy): void {
  line.cut();
  line.flow();
  line.restore();
}

/** The line breaks just when a COMMIT goes over it: before it arrives, or before its answer does. */
function commitFaultsOf(process: string, pick: Pick): Faults {
  const part = partOf("postgres", process);
  const atCommit = (fault: (line: TcpProxy) => void) =>
    lasting(part, [2000, 2000], (system) => {
      const line = pick(system);
      line.onceSent("COMMIT", () => fault(line));
    });
  return {
    [`commit lost before it arrives: ${process}`]: atCommit(cut),
    [`commit lost before its answer: ${process}`]: atCommit((line) => {
      line.stall("answers");
      setTimeout(() => cut(line), 50);
    }),
  };
}
