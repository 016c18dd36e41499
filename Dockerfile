# One image for web, worker, migrate and audit: docs/decisions/0014-one-image.md.
FROM node:24-bookworm-slim AS build
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json ./
RUN --mount=type=cache,target=/root/.npm npm ci --no-audit --no-fund
COPY . .
RUN npm run build

FROM node:24-bookworm-slim
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1
# Below 1 GB V8 collects garbage sooner: docs/decisions/0017-a-bound-for-the-heap.md.
ENV NODE_OPTIONS=--max-old-space-size=1000
WORKDIR /app
# Of root, so that what runs cannot change what it runs.
COPY --from=build /app/.next/standalone ./
# By number, as Kubernetes cannot tell from a name that it is not root.
USER 1000:1000
EXPOSE 3000
# Of web; what runs the worker asks WORKER_PORT instead.
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/api/health`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Node itself is the first process and handles SIGTERM; npm or a shell in between would not pass it on.
ENTRYPOINT ["node", "enlist.js"]
CMD ["web"]
