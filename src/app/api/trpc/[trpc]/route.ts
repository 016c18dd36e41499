import { opened } from "#src/web/opened.ts";

const handle = async (request: Request) => {
  // Loaded only in development; in production our own server answers before Next.
  const { serve } = await import("#src/web/api/serve.ts");
  return serve(request, opened().services);
};

export { handle as GET, handle as POST };
