import { createSocket } from "node:dgram";

/** What a name has: records, or how the server answers whatever is asked about it. */
type Zone = Record<
  string,
  { mx?: string[]; a?: string[]; aaaa?: string[]; ns?: string[] } | "SERVFAIL" | "silence"
>;

const TYPES = { 1: "a", 2: "ns", 15: "mx", 28: "aaaa" } as const;

/** A DNS server on loopback (RFC 1035, by UDP) that knows these names, and says NXDOMAIN to others. */
export async function startDnsServer(zone: Zone) {
  const asked: string[] = [];
  const socket = createSocket("udp4");
  socket.on("message", (query, { port, address }) => {
    const { name, end } = readName(query, 12);
    const type = query.readUInt16BE(end);
    const known = zone[name.toLowerCase()];
    asked.push(`${TYPES[type as keyof typeof TYPES] ?? type} ${name}`);
    if (known === "silence") return;
    const records =
      typeof known === "object" ? (known[TYPES[type as keyof typeof TYPES]] ?? []) : [];
    const header = Buffer.alloc(12);
    header.writeUInt16BE(query.readUInt16BE(0), 0);
    header.writeUInt16BE(0x8180 | (known === "SERVFAIL" ? 2 : known ? 0 : 3), 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(records.length, 6);
    const answers = records.map((value) => {
      const data = writeData(type, value);
      const answer = Buffer.alloc(12);
      answer.writeUInt16BE(0xc00c, 0); // The name that was asked about.
      answer.writeUInt16BE(type, 2);
      answer.writeUInt16BE(1, 4);
      answer.writeUInt32BE(60, 6);
      answer.writeUInt16BE(data.length, 10);
      return Buffer.concat([answer, data]);
    });
    socket.send(Buffer.concat([header, query.subarray(12, end + 4), ...answers]), port, address);
  });
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  return {
    address: `127.0.0.1:${socket.address().port}`,
    /** What was asked, in turn: `mx example.com`. */
    asked,
    close: () => new Promise<void>((resolve) => socket.close(() => resolve())),
  };
}

function readName(message: Buffer, start: number): { name: string; end: number } {
  const labels: string[] = [];
  let at = start;
  for (let length = message[at]!; length > 0; length = message[at]!) {
    labels.push(message.toString("latin1", at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join("."), end: at + 1 };
}

function writeName(name: string): Buffer {
  const labels = name.split(".").filter(Boolean);
  const parts = labels.flatMap((label) => [Buffer.from([label.length]), Buffer.from(label)]);
  return Buffer.concat([...parts, Buffer.from([0])]);
}

function writeData(type: number, value: string): Buffer {
  if (type === 1) return Buffer.from(value.split(".").map(Number));
  // Only ever ::1 and the like, as what it is makes no difference.
  if (type === 28) return Buffer.from([...Array<number>(15).fill(0), 1]);
  return type === 15 ? Buffer.concat([Buffer.from([0, 10]), writeName(value)]) : writeName(value);
}
