import { describe, expect, it } from "vitest";
import { parseRedisUrl } from "./redis-url.ts";

describe("REDIS_URL", () => {
  it("may name one server", () => {
    expect(parseRedisUrl("rediss://:s%40cret@redis.example.com/3")).toEqual({
      kind: "single",
      hosts: [{ host: "redis.example.com", port: 6379 }],
      tls: true,
      password: "s@cret",
      db: 3,
    });
  });

  it("may name sentinels, their master, and a database", () => {
    const url =
      "redis+sentinel://app:pass@a.example.com,[::1]:26380/mymaster/2?sentinel_password=their%2Bs";
    expect(parseRedisUrl(url)).toEqual({
      kind: "sentinel",
      hosts: [
        { host: "a.example.com", port: 26379 },
        { host: "::1", port: 26380 },
      ],
      tls: false,
      username: "app",
      password: "pass",
      master: "mymaster",
      db: 2,
      sentinelPassword: "their+s",
    });
  });

  it("may name nodes of a cluster", () => {
    expect(parseRedisUrl("rediss+cluster://app:pass@10.0.0.1:7000,10.0.0.2:7001")).toEqual({
      kind: "cluster",
      hosts: [
        { host: "10.0.0.1", port: 7000 },
        { host: "10.0.0.2", port: 7001 },
      ],
      tls: true,
      username: "app",
      password: "pass",
      db: 0,
    });
  });

  it.each([
    ["localhost:6379", "must be a URL that begins with redis://"],
    ["http://localhost", "must be a URL that begins with redis://"],
    ["redis+clusters://a", "must be a URL that begins with redis://"],
    ["redis://", "must be a URL that begins with redis://"],
    ["redis://a,b", "names several hosts: use redis+sentinel:// or redis+cluster://"],
    ["redis://a/b", "must end in a database number; in a password"],
    ["redis://p/word@a", "must end in a database number"],
    ["redis://user:p/word@a", "contains an invalid host; in a password"],
    ["redis+sentinel://a:26379", "must name the master"],
    ["redis+sentinel://a/mymaster/0/1", "must end in a database number; in a password"],
    ["redis+sentinel://a/mymaster?db=1", "contains an unknown parameter: db"],
    ["redis+cluster://a:70000000", "contains an invalid host; in a password"],
    ["redis+cluster://a:70000", "contains an invalid host; in a password"],
    ["redis+cluster://a,,b", "contains an invalid host; in a password"],
    ["redis+cluster://a/1", "clusters have only database 0"],
    ["redis://:50%@a", "contains an invalid % escape"],
  ])("is refused with the reason: %s", (url, words) => {
    expect(() => parseRedisUrl(url)).toThrow(words);
  });
});
