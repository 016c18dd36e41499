import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { parseEnv } from "#src/env.ts";
import { readYaml } from "./read.ts";

interface Probe {
  httpGet: { path: string; port: string };
}

interface Container {
  name: string;
  image: string;
  args: string[];
  ports?: { name: string; containerPort: number }[];
  readinessProbe?: Probe;
  livenessProbe?: Probe;
  startupProbe?: Probe;
  lifecycle?: { preStop: { exec: { command: string[] } } };
  securityContext?: object;
}

interface Pod {
  metadata: { labels: Record<string, string> };
  spec: {
    containers: [Container];
    securityContext: object;
    terminationGracePeriodSeconds?: number;
  };
}

interface Resource {
  apiVersion: string;
  kind: string;
  metadata: { name: string };
  data?: Record<string, string>;
  stringData?: Record<string, string>;
  spec: {
    template?: Pod;
    strategy?: object;
    selector?: Record<string, string> & { matchLabels?: Record<string, string> };
    scaleTargetRef?: { kind: string; name: string };
    ports?: { targetPort: string }[];
  };
}

const load = createRequire(import.meta.url);

const folder = "deploy/kubernetes";
const [kustomization] = readYaml(`${folder}/kustomization.yaml`) as [
  { resources: string[]; images: { name: string }[] },
];
const resources = [...kustomization.resources, "secret.example.yaml"].flatMap(
  (file) => readYaml(`${folder}/${file}`) as Resource[],
);
const find = (kind: string, name: string) =>
  resources.find((r) => r.kind === kind && r.metadata.name === name)!;
const containers = resources.flatMap(({ spec }) => spec?.template?.spec.containers ?? []);

test.each(resources.map((r) => [`${r.kind} ${r.metadata.name}`, r] as const))(
  "%s is what the API's schema allows",
  (_, resource) => {
    const models = load(`kubernetes-models/${resource.apiVersion}`) as Record<
      string,
      new (data: Resource) => { validate(): void }
    >;
    const Model = models[resource.kind];
    expect(() => new Model!(resource).validate()).not.toThrow();
  },
);

test("every container is the one image, by a command that it has, with no rights to spare", () => {
  expect(containers.map(({ args }) => args.join(" "))).toEqual(["migrate", "web", "worker"]);
  for (const container of containers) {
    expect(kustomization.images.map(({ name }) => name)).toContain(container.image);
    expect(container.securityContext).toEqual({
      readOnlyRootFilesystem: true,
      allowPrivilegeEscalation: false,
      capabilities: { drop: ["ALL"] },
    });
  }
  for (const { spec } of resources) {
    if (spec?.template)
      expect(spec.template.spec.securityContext).toMatchObject({ runAsNonRoot: true });
  }
});

test.each(["web", "worker"])("%s is asked where it answers, and ends in time", (name) => {
  const { strategy, template } = find("Deployment", `enlist-${name}`).spec;
  const [container] = template!.spec.containers;
  const ports = container.ports!.map((port) => port.name);
  for (const probe of ["startupProbe", "readinessProbe", "livenessProbe"] as const) {
    const { path, port } = container[probe]!.httpGet;
    const ready = name === "web" ? "/api/ready?exclude=redis" : "/api/ready";
    expect(path).toBe(probe === "readinessProbe" ? ready : "/api/health");
    expect(ports).toContain(port);
  }
  expect(strategy).toMatchObject({ rollingUpdate: { maxUnavailable: 0 } });
  const before = Number(container.lifecycle?.preStop.exec.command[1] ?? 0);
  expect(template!.spec.terminationGracePeriodSeconds! - before).toBeGreaterThan(10);
});

test("whatever selects pods finds some", () => {
  const pods = resources.flatMap(({ kind, spec }) =>
    kind === "Deployment" ? [spec.template!.metadata.labels] : [],
  );
  for (const { spec } of resources) {
    if (!spec?.selector) continue;
    const wanted = spec.selector.matchLabels ?? spec.selector;
    expect(pods).toContainEqual(wanted);
  }
  expect(find("Service", "enlist-web").spec.ports?.[0]?.targetPort).toBe("http");
  const { kind, name } = find("HorizontalPodAutoscaler", "enlist-web").spec.scaleTargetRef!;
  expect(find(kind, name)).toBeDefined();
});

test("config and secret together start every process, once the secret is put in", () => {
  const env: Record<string, string> = {
    ...find("ConfigMap", "enlist").data,
    ...find("Secret", "enlist").stringData,
  };
  expect(env.APP_SECRET).toBe("");
  parseEnv({
    ...env,
    NODE_ENV: "production",
    APP_SECRET: "a secret of a test's own that is long enough",
  });
  const [worker] = find("Deployment", "enlist-worker").spec.template!.spec.containers;
  expect(worker.ports?.[0]?.containerPort).toBe(Number(env.WORKER_PORT));
});
