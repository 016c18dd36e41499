import { answerReady } from "#src/server/health/answer.ts";
import { web } from "#src/server/web.ts";

export const GET = (request: Request) => answerReady(request.url, web().isReady);
