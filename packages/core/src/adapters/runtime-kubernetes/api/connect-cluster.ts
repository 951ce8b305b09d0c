import { DanubeError } from '@danube/plugin-api';
import type { KubeConfig } from '@kubernetes/client-node';
import { ClusterConnection } from './cluster-connection.js';

const anotherFile = 'name another file as kubeconfig in [kubernetes] of danube.toml';

/**
 * Reads kubeconfig files, merged in their order, or the service account of this pod (below `root`) where there are none.
 * Asks no server.
 * @throws DanubeError `kubeconfig_invalid` (invalid) naming the file and what is wrong with it.
 */
export async function connectCluster(kubeconfigs: readonly string[], root = ''): Promise<ClusterConnection> {
  // costs half a second and 70 MB, so that only a server on Kubernetes loads it
  const { KubeConfig } = await import('@kubernetes/client-node');
  const kubeConfig = new KubeConfig();
  if (kubeconfigs.length === 0) kubeConfig.loadFromCluster(root);
  for (const [index, file] of kubeconfigs.entries()) {
    const part = index === 0 ? kubeConfig : new KubeConfig();
    try {
      part.loadFromFile(file);
      if (part !== kubeConfig) kubeConfig.mergeConfig(part, true);
    } catch (error) {
      throw invalid(file, (error as Error).message, error);
    }
  }
  const place = kubeconfigs.length === 0 ? "this pod's service account" : kubeconfigs.join(', ');
  checkContext(kubeConfig, place);
  const connection = new ClusterConnection(kubeConfig);
  try {
    await connection.requestOptions();
  } catch (error) {
    throw invalid(place, `its credentials cannot be read: ${(error as Error).message}`, error);
  }
  return connection;
}

function checkContext(kubeConfig: KubeConfig, place: string): void {
  const cluster = kubeConfig.getCurrentCluster();
  if (cluster === null || kubeConfig.getCurrentUser() === null) {
    const context = kubeConfig.getCurrentContext() as string | undefined;
    throw invalid(place, `its current-context "${context ?? ''}" names no context with a cluster and a user`);
  }
  if (!URL.canParse(cluster.server)) throw invalid(place, `"${cluster.server}" is not the address of a server`);
  if (cluster.server.startsWith('http:') && !cluster.skipTLSVerify) {
    throw invalid(
      place,
      `"${cluster.server}" is not protected by TLS; only insecure-skip-tls-verify: true permits that`,
    );
  }
}

function invalid(place: string, problem: string, cause?: unknown): DanubeError {
  return new DanubeError('kubeconfig_invalid', `cannot use ${place}: ${problem}; put it right, or ${anotherFile}`, {
    category: 'invalid',
    cause,
  });
}
