export const APP_URL = process.env.APP_URL || "http://localhost:3001";
export const PORT = Number(process.env.PORT || 3001);
export const DATABASE_URL = read("DATABASE_URL");
export const ENLIST_URL = read("ENLIST_URL");
export const WEBHOOK_SECRET = read("WEBHOOK_SECRET");
export const HANDOFF_SECRET = read("HANDOFF_SECRET");
export const BETTER_AUTH_SECRET = read("BETTER_AUTH_SECRET");

function read(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is missing; README.md lists what must be set`);
  return value;
}
