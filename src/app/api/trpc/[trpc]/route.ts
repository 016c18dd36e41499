import { serve } from "#src/server/api/serve.ts";
import { web } from "#src/server/web.ts";

const handle = (request: Request) => serve(request, web().services);

export { handle as GET, handle as POST };
