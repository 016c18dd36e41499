import { refuseAtDoor, type Guard } from "./guard.ts";

/** A name or an address with an optional port (RFC 9110, 7.2); may be empty. */
const HOST = /^([\w.~%!$&'()*+;=-]+|\[[\da-f:.]+\])?(:\d*)?$/i;

/**
 * Answers 400 if there are several Host headers or an invalid one (RFC 9112, 3.2), because proxies
 * may have read it differently. Node already requires one.
 */
export const checkHost: Guard = ({ rawHeaders }, response, pass) => {
  const hosts = rawHeaders.filter((_, i) => i % 2 === 1 && /^host$/i.test(rawHeaders[i - 1]!));
  if (hosts.length <= 1 && HOST.test(hosts[0] ?? "")) return pass();
  const message = "The request must have one Host header, with a host in it.";
  refuseAtDoor(response, { code: "BAD_REQUEST", httpStatus: 400, message });
};
