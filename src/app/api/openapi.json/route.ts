import { opened } from "#src/web/opened.ts";

export const dynamic = "force-dynamic";

export async function GET(): Promise<Response> {
  // Loaded only in development; in production our own server answers before Next.
  const { describeApi, DOCUMENT_HEADERS } = await import("#src/web/openapi/describe-api.ts");
  return Response.json(describeApi(opened().services.env), { headers: DOCUMENT_HEADERS });
}
