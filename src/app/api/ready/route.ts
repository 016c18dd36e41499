import { answerReady } from "#src/platform/health/answer-health.ts";
import { web } from "#src/web/services.ts";

export const GET = (request: Request) => answerReady(request.url, web().isReady);
