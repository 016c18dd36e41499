// The limit of the worker: a nodemailer pool in a process of its own that sends, whenever it is told
// how many, mails such as the product's that were composed beforehand.
import { createTransport } from "nodemailer";
import { aMail } from "./mail.ts";

const [url, connections] = process.argv.slice(2);
const transport = createTransport({
  url,
  pool: true,
  maxConnections: Number(connections),
  maxMessages: Infinity,
});
const mail = aMail();

process.on("message", (count: number) => {
  for (let n = 0; n < count; n++) void transport.sendMail({ ...mail, to: `user${n}@example.com` });
});
process.on("disconnect", () => process.exit(0));
