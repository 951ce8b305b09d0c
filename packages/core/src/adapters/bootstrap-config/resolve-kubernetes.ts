import { access, constants } from 'node:fs/promises';
import { delimiter } from 'node:path';
import { DanubeError } from '@danube/plugin-api';
import type { BootstrapConfig } from './bootstrap-config.js';
import { resolveControlTls, type ControlTlsSettings } from './resolve-control-tls.js';
import type { Setting } from './setting.js';
import { settings } from './settings.js';

/** All that a server needs to know to run jobs on Kubernetes. */
export interface KubernetesSettings {
  /** Files with access to the cluster, in the order of `KUBECONFIG`; none: the service account of this server's pod. */
  readonly kubeconfigs: readonly string[];
  readonly jobsNamespace: string;
  readonly systemNamespace: string;
  readonly coordinatorImage: string;
  /** How pods reach the JSON control plane, without a trailing slash. */
  readonly rpcUrl: string;
  /** `host:port`, how pods reach the gRPC control plane. */
  readonly grpcAddress: string;
  /** Of both; undefined: jobs talk to them in clear text. */
  readonly controlTls: ControlTlsSettings | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Files whose presence says which cluster is meant. */
export const clusterFiles = {
  k3s: '/etc/rancher/k3s/k3s.yaml',
  serviceAccount: '/var/run/secrets/kubernetes.io/serviceaccount/token',
};

/**
 * Fills in what the section `[kubernetes]` leaves open. Called by a server whose `runtime.kind` is "kubernetes", not by
 * commands: they may run as a user who cannot read the cluster's files.
 * @throws DanubeError `bootstrap_config_invalid` (invalid) naming everything that is missing.
 */
export async function resolveKubernetes(
  config: BootstrapConfig,
  env: Environment,
  files: typeof clusterFiles = clusterFiles,
): Promise<KubernetesSettings> {
  const { kubernetes: written } = config;
  const problems: string[] = [];
  const kubeconfigs = await findKubeconfigs(written.kubeconfig, env, files);
  if (kubeconfigs === undefined) {
    problems.push(
      `there is no access to a cluster: KUBECONFIG is not set, ${files.k3s} cannot be read, and this is no pod with a ` +
        `service account; ${howToSet(settings.kubeconfig)} (~/.kube/config is used only if it is named)`,
    );
  }
  const service = kubeconfigs?.length === 0 ? `danube.${written.systemNamespace}.svc` : undefined;
  const required = (value: string | undefined, setting: Setting, why: string): string => {
    if (value === undefined)
      problems.push(`${setting.section}.${setting.key} is missing: ${why}; ${howToSet(setting)}`);
    return value ?? '';
  };
  const outside = 'this server does not run in the cluster, so it cannot know at which address pods reach it';
  const scheme = written.insecureControlPlane ? 'http' : 'https';
  const resolved: KubernetesSettings = {
    kubeconfigs: kubeconfigs ?? [],
    jobsNamespace: written.jobsNamespace,
    systemNamespace: written.systemNamespace,
    coordinatorImage: required(written.coordinatorImage, settings.coordinatorImage, 'jobs run on Kubernetes'),
    rpcUrl: required(written.rpcUrl ?? (service && `${scheme}://${service}:9000`), settings.kubernetesRpcUrl, outside),
    grpcAddress: required(
      written.grpcAddress ?? (service && `${service}:9090`),
      settings.kubernetesGrpcAddress,
      outside,
    ),
    controlTls: resolveControlTls(config, problems),
  };
  if (problems.length === 0) return resolved;
  throw new DanubeError('bootstrap_config_invalid', problems.join('\n'), {
    category: 'invalid',
    details: { problems },
  });
}

function howToSet({ section, key, example, env }: Setting): string {
  return `set ${key} in [${section}], for example ${key} = ${JSON.stringify(example)}, or ${env}`;
}

async function findKubeconfigs(
  named: string | undefined,
  env: Environment,
  files: typeof clusterFiles,
): Promise<readonly string[] | undefined> {
  if (named !== undefined) return [named];
  const fromEnv = (env['KUBECONFIG'] ?? '').split(delimiter).filter((file) => file !== '');
  if (fromEnv.length > 0) return fromEnv;
  if (await isReadable(files.k3s)) return [files.k3s];
  return env['KUBERNETES_SERVICE_HOST'] !== undefined && (await isReadable(files.serviceAccount)) ? [] : undefined;
}

async function isReadable(file: string): Promise<boolean> {
  return access(file, constants.R_OK).then(
    () => true,
    () => false,
  );
}
