import { describeApi, DOCUMENT_HEADERS } from "#src/web/openapi/describe-api.ts";
import { web } from "#src/web/services.ts";

export const dynamic = "force-dynamic";
export const GET = () =>
  Response.json(describeApi(web().services.env), { headers: DOCUMENT_HEADERS });
