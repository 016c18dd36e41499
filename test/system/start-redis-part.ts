import { freePort } from "../servers/ports.ts";
import { startRedis, type RedisServer } from "../servers/redis.ts";
import { relaunch, startPart, type Part } from "./part.ts";

export interface RedisPart extends Part<RedisServer> {
  /** Whether it writes to the disk what it is told, from the next start on. */
  durable: boolean;
}

/** The arguments of a Redis that writes nothing to the disk. */
const FORGETFUL = ["--appendonly", "no", "--save", ""];

/** Starts Redis. @param wanted the port to take if it is free */
export async function startRedisPart(folder: string, wanted?: number): Promise<RedisPart> {
  const port = await freePort(wanted);
  let made: RedisPart | undefined;
  const part = await startPart("redis", () => {
    const options = made?.durable === false ? { args: FORGETFUL } : {};
    return relaunch("Redis", port, () => startRedis({ folder, port, ...options }));
  });
  made = Object.assign(part, { durable: true });
  return made;
}
