import { expect, test } from "vitest";
import { read, readYaml } from "./read.ts";

interface Alert {
  alert: string;
  expr: string;
  labels: { severity: string };
  annotations: { summary: string; description: string };
}

const [rules] = readYaml("deploy/prometheus/alerts.yaml") as [{ groups: [{ rules: Alert[] }] }];
const alerts = rules.groups[0].rules;
const operation = read("docs/operation.md");

test.each(alerts.map((a) => [a.alert, a] as const))(
  "%s has a severity and a summary, and is in the docs",
  (name, { labels, annotations }) => {
    expect(labels.severity).toMatch(/^(critical|warning)$/);
    expect(annotations).toEqual({
      summary: expect.any(String),
      description: expect.any(String),
    });
    expect(operation).toContain(`\`${name}\``);
  },
);

test("the docs name exactly the alerts that exist", () => {
  const names = operation.match(/(?<=`)Enlist[A-Z]\w+(?=`)/g);
  expect(new Set(names)).toEqual(new Set(alerts.map(({ alert }) => alert)));
});

test("a single late mail, which anyone can cause, is never critical", () => {
  const late = alerts.filter(({ expr }) => expr.includes("enlist_mails_owed_oldest_seconds"));
  const critical = late.filter(({ labels }) => labels.severity === "critical");
  expect(late.length).toBeGreaterThan(critical.length);
  for (const { expr } of critical) expect(expr).toMatch(/enlist_queue_jobs.*> clamp_min\(.*, 10\)/);
});
