/** @type {import("next").NextConfig} */
export default {
  // The build is self-contained: see docs/decisions/0014-one-image.md.
  output: "standalone",
  outputFileTracingRoot: import.meta.dirname,
  // No page resizes images, so disable it, and ship and cache nothing for it.
  images: { unoptimized: true, maximumDiskCacheSize: 0 },
  outputFileTracingExcludes: { "*": ["node_modules/{sharp,@img}/**"] },
  // Hashing a page per request would cost more than sending its 3 kB again.
  generateEtags: false,
  poweredByHeader: false,
  // Browsers request this path if they do not know yet, or no longer find, a page's icon.
  rewrites: async () => [{ source: "/favicon.ico", destination: "/icon" }],
  devIndicators: false,
  // src/web/http/log-request.ts logs requests, without the secrets in links.
  logging: { incomingRequests: false },
  // knex requires all dialects, and bundling it would fail on those not installed.
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
