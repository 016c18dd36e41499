import { answerReady } from "#src/platform/health/answer-health.ts";
import { opened } from "#src/web/opened.ts";

export const GET = (request: Request) => answerReady(request.url, opened().isReady);
