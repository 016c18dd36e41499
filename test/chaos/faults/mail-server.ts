import type { ProxiedSystem, WorkerProcess } from "../system.ts";
import { lasting, type Faults } from "./fault.ts";

const part = "mail server";

/** What befalls the mail server, of which each worker has its own. */
export const mailServerFaults: Faults = {
  "mail server down": lasting(
    part,
    [300, 4000],
    each(({ lines }) => lines.smtp.cut()),
    each(({ lines }) => lines.smtp.restore()),
  ),
  "mail server away for long": lasting(
    part,
    [10_000, 20_000],
    each(({ lines }) => lines.smtp.cut()),
    each(({ lines }) => lines.smtp.restore()),
  ),
  "mail server greets with 421": lasting(
    part,
    [1000, 6000],
    each(({ sink }) => sink.behave("close")),
    each(({ sink }) => sink.behave("accept")),
  ),
  "mail server slow": lasting(
    part,
    [300, 5000],
    each(({ sink }) => sink.behave("stall")),
    each(({ sink }) => {
      sink.behave("accept");
      sink.release();
    }),
  ),
  "mail server drops the line after the final dot": lasting(
    part,
    [100, 1500],
    each(({ sink }) => sink.behave("drop")),
    each(({ sink }) => sink.behave("accept")),
  ),
  "mail server refuses for now": lasting(
    part,
    [300, 2000],
    each(({ sink }) => sink.behave("refuse", "451 4.3.2 Try again later")),
    each(({ sink }) => sink.behave("accept")),
  ),
};

function each(act: (worker: WorkerProcess) => void): (system: ProxiedSystem) => void {
  return (system) => system.workers.forEach((worker) => act(worker));
}
