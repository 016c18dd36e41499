import { Hono } from "hono";
import { html } from "hono/html";
import type { Knex } from "knex";
import { z } from "zod";
import { brand } from "#src/platform/brand.ts";
import { fromKnex, listJobs, retryJobs, type JobRecord } from "#src/tx-jobs/index.ts";

/** Maximum number of jobs on the page. */
const LIMIT = 200;

const states = z.enum(["failed", "retrying", "running", "waiting"]).catch("failed");

const retrySchema = z.union([
  z.object({ id: z.uuid() }).transform(({ id }) => ({ ids: [id] })),
  z.object({ name: z.string().min(1).max(100) }),
]);

/**
 * The page /jobs: jobs by state, from PostgreSQL, with buttons to retry failed ones. Works while
 * Redis is unavailable.
 */
export function createJobsPage(db: Knex): Hono {
  const connection = fromKnex(db);
  const app = new Hono();
  app.get("/", async (context) => {
    const state = states.parse(context.req.query("state"));
    const jobs = await listJobs(connection, { state, limit: LIMIT });
    if (context.req.header("accept")?.includes("application/json")) return context.json(jobs);
    return context.html(page(state, jobs, context.req.query("retried")));
  });
  app.post("/retry", async (context) => {
    const form = await context.req.parseBody().catch(() => ({})); // The form data may be malformed.
    const which = retrySchema.safeParse(form);
    if (!which.success) return context.text("The form needs id (a UUID) or name.\n", 400);
    const retried = await retryJobs(connection, which.data);
    return context.redirect(`/jobs?retried=${retried.length}`, 303);
  });
  return app;
}

function page(state: string, jobs: JobRecord[], retried: string | undefined) {
  const names = [...new Set(jobs.map(({ name }) => name))];
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="icon" href="data:," />
        <title>Jobs: ${state} · ${brand.name}</title>
        <style>
          :root {
            color-scheme: light dark;
            font:
              16px/1.5 system-ui,
              sans-serif;
          }
          body {
            margin: 2rem auto;
            padding: 0 1rem;
            max-width: 70rem;
            background: #fff;
            color: #1a1a1a;
          }
          a {
            color: #1b4fa8;
          }
          @media (prefers-color-scheme: dark) {
            body {
              background: #151613;
              color: #eee;
            }
            a {
              color: #9dc1ff;
            }
          }
          nav a {
            margin-right: 1rem;
          }
          .scroll {
            overflow-x: auto;
          }
          table {
            border-collapse: collapse;
            width: 100%;
          }
          th,
          td {
            border-bottom: 1px solid #8886;
            padding: 0.4rem 0.8rem 0.4rem 0;
            text-align: left;
          }
          td {
            font-variant-numeric: tabular-nums;
          }
          code {
            white-space: nowrap;
          }
          button {
            font: inherit;
            padding: 0.3rem 0.8rem;
          }
        </style>
      </head>
      <body>
        <main>
          <h1>Jobs: ${state}</h1>
          <nav aria-label="By state">
            ${states.unwrap().options.map((one) => link(one, one === state))}
          </nav>
          ${/^\d+$/.test(retried ?? "") ? html`<p role="status">${retried} will be tried again.</p>` : ""}
          ${jobs.length === 0 ? html`<p>No job ${state === "failed" ? "has failed" : `is ${state}`}.</p>` : table(state, jobs)}
          ${
            state === "failed"
              ? names.map((name) => button({ name }, `Try all failed ${name} again`))
              : ""
          }
        </main>
      </body>
    </html>`;
}

function link(state: string, isCurrent: boolean) {
  return html`<a href="/jobs?state=${state}" ${isCurrent ? html`aria-current="page"` : ""}
    >${state}</a
  >`;
}

function table(state: string, jobs: JobRecord[]) {
  return html`<div class="scroll" role="region" aria-label="Jobs" tabindex="0">
    <table>
      <thead>
        <tr>
          <th>Action</th>
          <th>Last error</th>
          <th>Attempts</th>
          <th>Name</th>
          <th>Enqueued</th>
          <th>Job</th>
        </tr>
      </thead>
      <tbody>
        ${jobs.map(
          (job) =>
            html`<tr>
              <td>
                ${["failed", "retrying"].includes(state) ? button({ id: job.id }, "Try again") : ""}
              </td>
              <td>${job.error ?? ""}</td>
              <td>${job.attempts} of ${job.maxAttempts}</td>
              <td>${job.name}</td>
              <td>${job.createdAt.toISOString()}</td>
              <td><code>${job.id}</code></td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function button(fields: Record<string, string>, label: string) {
  return html`<form method="post" action="/jobs/retry">
    ${Object.entries(fields).map(
      ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
    )}
    <button>${label}</button>
  </form>`;
}
