import { forget, recall, remember } from "./tab-storage.ts";

const KEY = "enlist:typed";

/** Keeps what was typed on this page for the same page in another language, except for passwords. */
export function keepTyped(): void {
  const typed = inputs().map(({ name, value }) => [name, value]);
  if (typed.some(([, value]) => value)) remember(KEY, JSON.stringify(typed));
}

/** Types it again, once. */
export function restoreTyped(): void {
  const kept = recall(KEY);
  forget(KEY);
  if (!kept) return;
  const values = new Map(JSON.parse(kept) as [string, string][]);
  for (const input of inputs()) input.value ||= values.get(input.name) ?? "";
}

function inputs(): HTMLInputElement[] {
  const all = document.querySelectorAll<HTMLInputElement>("form input[name]");
  return [...all].filter(({ name, type }) => name !== "password" && type !== "checkbox");
}
