import { answerHealth } from "#src/platform/health/answer.ts";

export const dynamic = "force-dynamic";
export const GET = answerHealth;
