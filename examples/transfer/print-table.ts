/** Prints rows under a title, a column per key; numbers to the right. */
export function printTable(title: string, rows: Record<string, string>[]): void {
  const keys = Object.keys(rows[0] ?? {});
  const lines = [Object.fromEntries(keys.map((key) => [key, key])), ...rows];
  console.log(`\n${title}`);
  for (const line of lines) {
    const cells = keys.map((key) => {
      const width = Math.max(...lines.map((one) => one[key]!.length));
      const isNumber = /^-?\d/.test(rows[0]![key]!);
      return isNumber ? line[key]!.padStart(width) : line[key]!.padEnd(width);
    });
    console.log(`  ${cells.join("   ").trimEnd()}`);
  }
}
