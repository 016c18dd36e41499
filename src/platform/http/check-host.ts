import { refuseAtDoor, type Guard } from "./guard.ts";

/** A name or an address, and a port (RFC 9110, 7.2); empty if the client has none to name. */
const HOST = /^([\w.~%!$&'()*+;=-]+|\[[\da-f:.]+\])?(:\d*)?$/i;

/**
 * Answers 400 to what names several hosts, or one that is none (RFC 9112, 3.2): a proxy in front may
 * have gone by another of them than what is behind it. That there is one at all, Node sees to.
 */
export const checkHost: Guard = ({ rawHeaders }, response, pass) => {
  const hosts = rawHeaders.filter((_, i) => i % 2 === 1 && /^host$/i.test(rawHeaders[i - 1]!));
  if (hosts.length <= 1 && HOST.test(hosts[0] ?? "")) return pass();
  const message = "The request must have one Host header, with a host in it.";
  refuseAtDoor(response, { code: "BAD_REQUEST", httpStatus: 400, message });
};
