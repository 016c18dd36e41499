import { serveHandoff } from "#src/web/api/serve-handoff.ts";
import { web } from "#src/web/services.ts";

const handle = (request: Request) => serveHandoff(request, web().services);

export { handle as GET, handle as POST };
