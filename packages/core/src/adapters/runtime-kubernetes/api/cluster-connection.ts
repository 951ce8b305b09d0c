import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node';
import type { ClientOptions } from 'ws';

/** What `node:https` and `ws` both take. */
export type ConnectionOptions = Omit<ClientOptions, 'createConnection' | 'checkServerIdentity'>;

/** Where the API server is and what opens it. */
export class ClusterConnection {
  /** Keeps connections open between requests; not for those that change the protocol. */
  readonly agent: HttpAgent | HttpsAgent;
  readonly #server: string;

  constructor(private readonly kubeConfig: KubeConfig) {
    this.#server = kubeConfig.getCurrentCluster()?.server ?? '';
    const Agent = this.#server.startsWith('https:') ? HttpsAgent : HttpAgent;
    this.agent = new Agent({ keepAlive: true, keepAliveMsecs: 15_000, scheduling: 'lifo' });
  }

  /** The address of a path such as `/api/v1/pods`; the server may itself stand below a path. */
  url(path: string, query: Readonly<Record<string, string>> = {}): URL {
    const url = new URL(this.#server + path);
    for (const [name, value] of Object.entries(query)) url.searchParams.append(name, value);
    return url;
  }

  /**
   * TLS options and credentials for one request, and an agent where the way leads through a proxy. To be asked for each
   * request: tokens and certificates in files rotate.
   * @throws Error where a file cannot be read or the program that gives credentials fails.
   */
  async requestOptions(): Promise<ConnectionOptions> {
    const options: ConnectionOptions = {};
    await this.kubeConfig.applyToHTTPSOptions(options);
    // the client's agents open a connection for every request
    if (this.kubeConfig.getCurrentCluster()?.proxyUrl === undefined) delete options.agent;
    return options;
  }

  /** Ends idle connections. */
  close(): void {
    this.agent.destroy();
  }
}
