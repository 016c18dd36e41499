/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  devIndicators: false,
  // No page has a picture to be resized, so nobody may ask for one.
  images: { unoptimized: true },
  // Requests are logged by src/server/log-requests.ts, which keeps the secrets in links out.
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
