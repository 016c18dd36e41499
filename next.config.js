/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  devIndicators: false,
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
  async headers() {
    return [
      {
        source: "/:path*",
        headers: [
          { key: "X-Content-Type-Options", value: "nosniff" },
          { key: "X-Frame-Options", value: "DENY" },
          // The verification link is a secret: no page it leads to may pass it on.
          { key: "Referrer-Policy", value: "no-referrer" },
        ],
      },
    ];
  },
};
