import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BootstrapConfig } from '@danube/core/adapters/bootstrap-config/bootstrap-config.js';
import { pipelineDocument, teamDocument } from './config-documents.js';
import { TestDanube } from './danube.js';
import { freePorts } from './free-ports.js';
import { type GitHttpServer, startGitHttpServer } from './git-http-server.js';
import type { TestCluster } from './test-cluster.js';

/** The real composition on a temporary directory, in this process, with its jobs in pods. */
export class KubernetesDanube extends TestDanube {
  #cluster!: TestCluster;
  #ports: readonly number[] = [];
  #gitServer!: GitHttpServer;

  /** One pipeline `main` for the given pipeline file, in a cluster that this machine plays. */
  static async startIn(cluster: TestCluster, danubefile: string): Promise<KubernetesDanube> {
    const danube = new KubernetesDanube(mkdtempSync(join(tmpdir(), 'danube-test-')));
    danube.#cluster = cluster;
    danube.#ports = await freePorts(2);
    danube.#gitServer = await startGitHttpServer(danube.folder, {});
    danube.project.commit({ 'danubefile.py': danubefile });
    danube.config.commit({
      'config.json': '{}',
      'teams.yaml': teamDocument(),
      'pipelines/main.json': pipelineDocument('main', `${danube.#gitServer.url}/project`, {
        image: cluster.workerImage,
      }),
    });
    await danube.boot();
    return danube;
  }

  override bootstrap(): BootstrapConfig {
    const local = super.bootstrap();
    const [rpcAddress = '', grpcAddress = ''] = this.#ports.map((port) => `127.0.0.1:${port}`);
    return {
      ...local,
      server: { ...local.server, rpcAddress, grpcAddress },
      runtime: { kind: 'kubernetes', isolation: 'none', localUser: undefined },
      kubernetes: {
        ...local.kubernetes,
        kubeconfig: this.#cluster.kubeconfig,
        coordinatorImage: this.#cluster.coordinatorImage,
        rpcUrl: `https://${rpcAddress}`,
        grpcAddress,
      },
    };
  }

  override async stop(): Promise<void> {
    await super.stop();
    await this.#gitServer.close();
  }
}
