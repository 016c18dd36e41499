import { answerHealth } from "#src/platform/health/answer-health.ts";

export const dynamic = "force-dynamic";
export const GET = answerHealth;
