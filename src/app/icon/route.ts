import { brand } from "#src/platform/brand.ts";
import { readImage } from "../frame/read-image.ts";

/** The icon of the browser's tab. */
export function GET(): Response {
  const file = brand.icon ?? brand.logo?.light;
  if (!file) return new Response(null, { status: 404 });
  const { type, bytes } = readImage(file);
  return new Response(bytes, { headers: { "content-type": type } });
}

export const dynamic = "force-static";
