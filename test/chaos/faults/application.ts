import { accept, answer, drop, hang } from "../../servers/application.ts";
import { lasting, type Faults } from "./fault.ts";

const part = "application";

/** What befalls the application that hears of accounts. */
export const applicationFaults: Faults = {
  "application down": lasting(
    part,
    [300, 6000],
    ({ application }) => application.line.cut(),
    ({ application }) => application.line.restore(),
  ),
  "application slow": lasting(
    part,
    [300, 5000],
    ({ application }) => application.behave(hang),
    ({ application }) => application.behave(accept),
  ),
  "application answers 500": lasting(
    part,
    [300, 4000],
    ({ application }) => application.behave(answer(500)),
    ({ application }) => application.behave(accept),
  ),
  "application drops the answer": lasting(
    part,
    [300, 3000],
    ({ application }) => application.behave(drop),
    ({ application }) => application.behave(accept),
  ),
};
