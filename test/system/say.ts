const began = Date.now();

/** Writes a line with the minutes and seconds that have passed. */
export function say(line: string, to: NodeJS.WritableStream = process.stdout): void {
  const seconds = Math.round((Date.now() - began) / 1000);
  const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  to.write(`${clock.padStart(6)}  ${line}\n`);
}
