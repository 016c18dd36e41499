// Runs one program that must not outlive whoever started it:
//   node leash.mjs SIGNAL COMMAND ARGS…
// The program gets SIGNAL (which asks it to stop) when this process gets SIGTERM, and when its
// standard input closes, which is what happens if the starter dies in any way at all.
import { spawn } from "node:child_process";
import { constants } from "node:os";

const [signal, command, ...args] = process.argv.slice(2);
const { LEASH_UID, ...env } = process.env;
const id = LEASH_UID ? { uid: Number(LEASH_UID), gid: Number(LEASH_UID) } : {};
const child = spawn(command, args, { stdio: ["ignore", "inherit", "inherit"], env, ...id });

const stop = () => {
  process.kill(-process.pid, "SIGCONT"); // A frozen program would not hear it.
  child.kill(signal);
};
process.on("SIGTERM", stop).on("SIGINT", () => {});
process.stdin.on("close", () => {
  stop();
  // Nobody is left to wait for a slow end: this process leads the group and takes it down whole.
  setTimeout(() => process.kill(-process.pid, "SIGKILL"), 10_000).unref();
});
process.stdin.on("error", () => {}).resume();

child.on("error", (error) => {
  console.error(`${command}: ${error.message}`);
  process.exit(127);
});
child.on("exit", (code, killedBy) => {
  process.exit(killedBy ? 128 + constants.signals[killedBy] : (code ?? 1));
});
