/** A parsed REDIS_URL. */
export interface RedisAddress {
  /** How to use the hosts: a single Redis, sentinels that know the master, or cluster nodes. */
  kind: "single" | "sentinel" | "cluster";
  hosts: { host: string; port: number }[];
  /** Whether connections are encrypted, and certificates checked. */
  tls: boolean;
  username?: string;
  password?: string;
  db: number;
  /** The master's name at the sentinels. */
  master?: string;
  sentinelUsername?: string;
  sentinelPassword?: string;
}

const URL_PARTS =
  /^(?<secure>rediss?)(?:\+(?<kind>sentinel|cluster))?:\/\/(?:(?<user>[^:@/]*)(?::(?<password>[^@/]*))?@)?(?<hosts>[^@/?#]+)(?<path>\/[^?#]*)?(?:\?(?<query>[^#]*))?$/;

// No message may quote the URL, which contains a password.
const NO_HOST = "contains an invalid host";
const ENCODED = "in a password, / is written %2F, @ %40 and % %25";

/** The default ports. */
const PORTS = { sentinel: 26379, cluster: 6379, single: 6379 };

const PARAMETERS = {
  sentinel: ["sentinel_username", "sentinel_password"],
  cluster: [],
  single: ["family"],
} as Record<RedisAddress["kind"], string[]>;

/**
 * Parses a REDIS_URL, in the spelling that most tools use:
 * - `redis://user:password@host:6379/0`
 * - `redis+sentinel://user:password@host:26379,host:26379/mymaster/0`; the sentinels' own
 *   credentials go into `?sentinel_username=…&sentinel_password=…`
 * - `redis+cluster://user:password@host:6379,host:6379`
 *
 * `rediss` instead of `redis` encrypts every connection.
 * @throws {Error} whose message completes a sentence about the URL
 */
export function parseRedisUrl(url: string): RedisAddress {
  const parts = URL_PARTS.exec(url)?.groups;
  if (!parts) throw new Error(FORMS);
  const kind = (parts.kind ?? "single") as RedisAddress["kind"];
  const hosts = parts.hosts!.split(",").map((host) => parseHost(host, PORTS[kind]));
  if (kind === "single" && hosts.length > 1) {
    throw new Error("names several hosts: use redis+sentinel:// or redis+cluster://");
  }
  const query = new URLSearchParams(parts.query);
  const unread = [...query.keys()].find((name) => !PARAMETERS[kind].includes(name));
  if (unread !== undefined) throw new Error(`contains an unknown parameter: ${unread}`);
  const path = (parts.path ?? "").split("/").filter(Boolean).map(decode);
  const master = kind === "sentinel" ? path.shift() : undefined;
  if (kind === "sentinel" && !master) {
    throw new Error("must name the master behind the hosts: redis+sentinel://host:26379/mymaster");
  }
  const [db = "0", ...rest] = path;
  if (!/^\d+$/.test(db) || rest.length > 0)
    throw new Error(`must end in a database number; ${ENCODED}`);
  if (kind === "cluster" && db !== "0")
    throw new Error("must not name a database: clusters have only database 0");
  return {
    kind,
    hosts,
    tls: parts.secure === "rediss",
    db: Number(db),
    ...given("username", parts.user),
    ...given("password", parts.password),
    ...given("master", master),
    ...given("sentinelUsername", query.get("sentinel_username")),
    ...given("sentinelPassword", query.get("sentinel_password")),
  };
}

const FORMS =
  "must be a URL that begins with redis:// or rediss://, or for several hosts redis+sentinel:// or redis+cluster://";

function parseHost(text: string, port: number): { host: string; port: number } {
  const parts = /^(?:\[(?<v6>[\da-f:.]+)\]|(?<name>[\w.-]+))(?::(?<port>\d{1,5}))?$/i.exec(
    text,
  )?.groups;
  const found = Number(parts?.port ?? port);
  if (!parts || found < 1 || found > 65_535) throw new Error(`${NO_HOST}; ${ENCODED}`);
  return { host: parts.v6 ?? parts.name!, port: found };
}

/** Decodes percent escapes. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Error(`contains an invalid % escape; ${ENCODED}`);
  }
}

function given<Name extends string>(name: Name, value: string | null | undefined) {
  return (value ? { [name]: decode(value) } : {}) as { [name in Name]?: string };
}
