import { answerHealth } from "#src/server/health/answer.ts";

export const dynamic = "force-dynamic";
export const GET = answerHealth;
