import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { parseEnv, parseWebEnv } from "#src/platform/env.ts";
import { read, readYaml } from "./read.ts";

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
  env?: { name: string; value?: string }[];
  envFrom?: { configMapRef?: { name: string }; secretRef?: { name: string } }[];
  resources: { requests: { cpu: string; memory: string }; limits: { memory: string } };
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
    podSelector?: { matchLabels: Record<string, string> };
    ingress?: { from: object[]; ports: { port: string }[] }[];
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
  "%s matches the API's schema",
  (_, resource) => {
    const models = load(`kubernetes-models/${resource.apiVersion}`) as Record<
      string,
      new (data: Resource) => { validate(): void }
    >;
    const Model = models[resource.kind];
    expect(() => new Model!(resource).validate()).not.toThrow();
  },
);

test("every container runs a command of the one image, without extra privileges", () => {
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

test.each(["web", "worker"])(
  "%s is probed at its own paths and port, and gets time to stop",
  (name) => {
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
  },
);

test("every selector matches a pod", () => {
  const pods = resources.flatMap(({ kind, spec }) =>
    kind === "Deployment" ? [spec.template!.metadata.labels] : [],
  );
  for (const { spec } of resources) {
    const selector = spec?.selector ?? spec?.podSelector;
    if (selector) expect(pods).toContainEqual(selector.matchLabels ?? selector);
  }
  expect(find("Service", "enlist-web").spec.ports?.[0]?.targetPort).toBe("http");
  const { kind, name } = find("HorizontalPodAutoscaler", "enlist-web").spec.scaleTargetRef!;
  expect(find(kind, name)).toBeDefined();
});

test("the heap limit leaves a fifth of a container's memory for everything else", () => {
  const image = /^ENV NODE_OPTIONS=(.*)$/m.exec(read("Dockerfile"))![1];
  for (const { env, resources: used } of containers) {
    const options = env?.find(({ name }) => name === "NODE_OPTIONS")?.value ?? image;
    const heap = Number(/--max-old-space-size=(\d+)/.exec(options!)![1]);
    const memory = Number(/^(\d+)Mi$/.exec(used.limits.memory)![1]);
    expect(heap).toBeLessThanOrEqual(0.8 * memory);
    expect(heap).toBeGreaterThanOrEqual(0.6 * memory);
  }
});

test("web requests at least one core, so that the autoscaler counts correctly", () => {
  const [web] = find("Deployment", "enlist-web").spec.template!.spec.containers;
  expect(Number(web.resources.requests.cpu)).toBeGreaterThanOrEqual(1);
});

test("only Prometheus may reach a worker's port", () => {
  const { ingress, podSelector } = find("NetworkPolicy", "enlist-worker").spec;
  const { template } = find("Deployment", "enlist-worker").spec;
  expect(template!.metadata.labels).toEqual(podSelector!.matchLabels);
  expect(ingress).toHaveLength(1);
  const [rule] = ingress!;
  expect(rule!.from).toHaveLength(1);
  const [container] = template!.spec.containers;
  expect(container.ports!.map(({ name }) => name)).toEqual(rule!.ports.map(({ port }) => port));
});

test("config and secrets start every process once filled in, and web gets no worker secrets", () => {
  const given = "a secret of a test's own that is long enough";
  const envOf = (name: string): Record<string, string> => {
    const [{ envFrom = [] }] = find("Deployment", `enlist-${name}`).spec.template!.spec.containers;
    const parts = envFrom.map(({ configMapRef, secretRef }) =>
      configMapRef
        ? find("ConfigMap", configMapRef.name).data
        : find("Secret", secretRef!.name).stringData,
    );
    return Object.assign({}, ...parts);
  };
  const web = envOf("web");
  expect(() => parseWebEnv({ ...web, NODE_ENV: "production", APP_SECRET: given })).not.toThrow();
  expect(Object.keys(web).filter((name) => /SMTP|OPERATOR|WEBHOOK_SECRET/.test(name))).toEqual([]);
  const env = envOf("worker");
  const { APP_SECRET, METRICS_TOKEN, OPERATOR_PASSWORD } = env;
  expect([APP_SECRET, METRICS_TOKEN, OPERATOR_PASSWORD]).toEqual(["", "", ""]);
  const parsed = parseEnv({ ...env, NODE_ENV: "production", APP_SECRET: given });
  expect(parsed.TRUST_PROXY).toBe("1");
  expect(new URL(parsed.DATABASE_URL).searchParams.get("sslmode")).toBe("verify-full");
  expect(new URL(parsed.REDIS_URL).protocol).toBe("rediss:");
  expect(new URL(parsed.SMTP_URL).searchParams.get("requireTLS")).toBe("true");
  const [worker] = find("Deployment", "enlist-worker").spec.template!.spec.containers;
  expect(worker.ports?.[0]?.containerPort).toBe(Number(env.WORKER_PORT));
});
