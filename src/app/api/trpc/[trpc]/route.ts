import { serve } from "#src/server/api/serve.ts";
import { webServices } from "#src/server/web.ts";

const handle = (request: Request) => serve(request, webServices());

export { handle as GET, handle as POST };
