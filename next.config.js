/** @type {import("next").NextConfig} */
export default {
  // The build has all that it needs to run: see docs/decisions/0014-one-image.md.
  output: "standalone",
  outputFileTracingRoot: import.meta.dirname,
  // No page has an image to be resized: nobody may ask for one, nothing ships or keeps it.
  images: { unoptimized: true, maximumDiskCacheSize: 0 },
  outputFileTracingExcludes: { "*": ["node_modules/{sharp,@img}/**"] },
  // Next hashes a page for each who asks, which costs more than to send its 3 kB again.
  generateEtags: false,
  poweredByHeader: false,
  // What browsers ask for if they have not read yet, or no longer find, which icon a page names.
  rewrites: async () => [{ source: "/favicon.ico", destination: "/icon.svg" }],
  devIndicators: false,
  // Requests are logged by src/web/http/log-request.ts, which keeps the secrets in links out.
  logging: { incomingRequests: false },
  // knex requires every dialect it knows; bundling it would fail on the ones not installed.
  serverExternalPackages: [
    "knex",
    "pg",
    "bullmq",
    "ioredis",
    "@node-rs/argon2",
    "pino",
    "prom-client",
    "bullmq-otel",
    "@opentelemetry/api",
    "@opentelemetry/core",
    "@opentelemetry/exporter-trace-otlp-http",
    "@opentelemetry/resources",
    "@opentelemetry/sdk-trace-node",
    "rate-limiter-flexible",
  ],
};
