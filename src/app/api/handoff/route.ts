import { opened } from "#src/web/opened.ts";

const handle = async (request: Request) => {
  // Loaded only in development; in production our own server answers before Next.
  const { serveHandoff } = await import("#src/web/api/serve-handoff.ts");
  return serveHandoff(request, opened().services);
};

export { handle as GET, handle as POST };
