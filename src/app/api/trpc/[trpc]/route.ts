import { serve } from "#src/web/api/serve.ts";
import { web } from "#src/web/services.ts";

const handle = (request: Request) => serve(request, web().services);

export { handle as GET, handle as POST };
