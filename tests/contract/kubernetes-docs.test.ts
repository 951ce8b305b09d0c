import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadBootstrapConfig } from '@danube/core/adapters/bootstrap-config/load-bootstrap-config.js';
import { resolveKubernetes } from '@danube/core/adapters/bootstrap-config/resolve-kubernetes.js';
import { defaultKubernetesSettings } from '@danube/core/domain/kubernetes/kubernetes-settings.js';
import { podOptions } from '@danube/core/domain/kubernetes/pod-options.js';
import { parseFiles, problemsOf, teamYaml } from '@danube/test-support/config-file-fixture.js';
import { manifestProblems } from '@danube/test-support/kubernetes/manifest-problems.js';
import { loadAll } from 'js-yaml';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFile(join(root, path), 'utf8');
const page = await read('docs/kubernetes.md');
const examples = (language: string) =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``, 'g'))].map((m) => m[1]!);
const serverAccount = 'danube';

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly data: Readonly<Record<string, string>>;
  readonly rules: readonly { readonly resources: readonly string[]; readonly verbs: readonly string[] }[];
  readonly spec: {
    readonly selector: Readonly<Record<string, string>>;
    readonly ports: readonly { readonly port: number; readonly targetPort: string }[];
    readonly template: {
      readonly metadata: { readonly labels: Readonly<Record<string, string>> };
      readonly spec: PodSpec;
    };
  };
}
interface PodSpec {
  readonly serviceAccountName: string;
  readonly containers: readonly [
    {
      readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
      readonly readinessProbe: { readonly httpGet: { readonly path: string; readonly port: string } };
    },
  ];
}

const manifests = async (file: string) => loadAll(await read(`deploy/kubernetes/${file}`)) as Manifest[];
const find = (all: readonly Manifest[], kind: string) => all.find((one) => one.kind === kind)!;

async function resolve(toml: string, inPod: boolean) {
  const folder = await mkdtemp(join(tmpdir(), 'danube-docs-'));
  try {
    const files = { toml: join(folder, 'danube.toml'), token: join(folder, 'token') };
    await writeFile(files.toml, toml);
    await writeFile(files.token, 'token');
    const env = { DANUBE_CONFIG: files.toml, ...(inPod ? { KUBERNETES_SERVICE_HOST: '10.96.0.1' } : {}) };
    const config = await loadBootstrapConfig(env);
    return await resolveKubernetes(config, env, { k3s: join(folder, 'none'), serviceAccount: files.token });
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('the settings of a server outside of the cluster are whole', async () => {
  const [toml = ''] = examples('toml');
  expect(await resolve(toml, false)).toMatchObject({
    kubeconfigs: ['/etc/danube/kubeconfig'],
    rpcUrl: 'https://10.0.0.5:9000',
    controlTls: 'own',
  });
});

test('the documents of the config repository go together, and ask for nothing that is not allowed', async () => {
  const files: Record<string, string> = { 'teams.yaml': teamYaml };
  for (const text of examples('yaml')) files[/^# (\S+)/.exec(text)![1]!] = text;
  const { pipelines, settings } = await parseFiles(files);
  expect(pipelines.map(({ id }) => id)).toEqual(['hello', 'website']);
  const pod = podOptions(pipelines[1]!.spec, settings.kubernetes);
  expect(pod).toMatchObject({ workspaceSize: '30Gi', nodeSelector: { pool: 'ci' }, imagePullSecrets: ['registry'] });
  const alone = { 'teams.yaml': teamYaml, 'pipelines/website.yaml': files['pipelines/website.yaml']! };
  expect(await problemsOf(alone)).toContainEqual(expect.stringContaining('allowed_image_pull_secrets'));
});

test('what it costs by default is what the page says', () => {
  const { resources, coordinatorResources } = podOptions(
    { image: undefined, kubernetes: undefined },
    defaultKubernetesSettings,
  );
  const sum = (name: 'cpu' | 'memory') =>
    [resources, coordinatorResources].reduce((all, one) => all + Number.parseInt(one[name]?.request ?? '', 10), 0);
  expect(page).toContain(`by default ${sum('cpu')}m CPU and ${sum('memory')}Mi`);
  expect(page).toContain(`by default ${resources.memory?.limit}, shared`);
  expect(page).toContain(`by default ${coordinatorResources.memory?.limit}; the 16Mi`);
});

test('what jobs say when something dies are words of the code', async () => {
  const folder = 'packages/core/src/adapters/runtime-kubernetes/state';
  const names = (await readdir(join(root, folder))).filter((name) => !name.endsWith('.test.ts'));
  const code = (await Promise.all(names.map((name) => read(`${folder}/${name}`)))).join('');
  const table = /## When something dies([^]*?)\n## /.exec(page)![1]!;
  const words = [...table.matchAll(/^\|.*\| `([^`]+)`[^|`]*\|$/gm)].map((match) => match[1]!);
  expect(words.length).toBeGreaterThan(8);
  expect(words.filter((one) => !code.includes(one))).toEqual([]);
});

test('the table of permissions is the role', async () => {
  const { rules } = find(await manifests('rbac.yaml'), 'Role');
  for (const { resources, verbs } of rules) {
    const row = page.split('\n').find((line) => line.startsWith('|') && line.includes(`\`${resources[0]}\``));
    expect(row).toContain(`| ${verbs.join(', ')} `);
  }
});

test('the server in the cluster finds its settings, and jobs and probes find the server', async () => {
  const all = await manifests('danube.yaml');
  expect(await resolve(find(all, 'ConfigMap').data['danube.toml']!, true)).toMatchObject({
    kubeconfigs: [],
    rpcUrl: 'https://danube.danube-system.svc:9000',
    grpcAddress: 'danube.danube-system.svc:9090',
  });
  const { metadata, spec } = find(all, 'Deployment').spec.template;
  expect(manifestProblems('Pod', { apiVersion: 'v1', kind: 'Pod', metadata, spec })).toEqual([]);
  expect(spec.serviceAccountName).toBe(serverAccount);
  expect(metadata.labels).toEqual({ 'app.kubernetes.io/name': 'danube' });
  const service = find(all, 'Service');
  expect(service.metadata.name).toBe('danube');
  expect(service.spec.selector).toEqual(metadata.labels);
  // network policies see the port of the pod, and the address of jobs has that of the service
  const [{ ports, readinessProbe }] = spec.containers;
  const reached = service.spec.ports.map(({ port, targetPort }) => [
    port,
    ports.find(({ name }) => name === targetPort)?.containerPort,
  ]);
  expect(reached).toEqual([8080, 9000, 9090].map((port) => [port, port]));
  expect(readinessProbe.httpGet).toEqual({ path: '/health/ready', port: 'http' });
});
