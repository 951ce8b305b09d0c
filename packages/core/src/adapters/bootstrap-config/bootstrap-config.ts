/** What the master must know before it can read anything else. Durations are milliseconds, paths are absolute. */
export interface BootstrapConfig {
  readonly configRepo: {
    /** Undefined: not configured yet; the server then has no pipelines. */
    readonly url: string | undefined;
    readonly branch: string;
    readonly syncIntervalMs: number;
    /** Undefined: the deploy key in the data directory. */
    readonly sshKeyPath: string | undefined;
  };
  readonly server: {
    /** `host:port` of the REST API and the web interface. */
    readonly bindAddress: string;
    /** `host:port` of the JSON control plane. */
    readonly rpcAddress: string;
    /** `host:port` of the gRPC control plane. */
    readonly grpcAddress: string;
    readonly dataDir: string;
    /** How browsers and forges reach the server, without a trailing slash; undefined: `http://` and the bind address. */
    readonly publicUrl: string | undefined;
    /** Whether `/metrics` is open to callers without a token. */
    readonly metricsPublic: boolean;
    /** Files of a certificate for the control planes that somebody else makes. */
    readonly controlTlsCert: string | undefined;
    readonly controlTlsKey: string | undefined;
    readonly controlTlsCa: string | undefined;
  };
  readonly logging: {
    /** A level, or levels by target: `info,danube.jobs=debug`. */
    readonly level: string;
    readonly format: LogFormat;
  };
  readonly runtime: {
    readonly kind: RuntimeKind;
    readonly isolation: WantedIsolation;
    /** The account that jobs run as where the server is root; undefined: `danube-jobs`, where there is one. */
    readonly localUser: string | undefined;
  };
  /** As written; `resolveKubernetes` fills the gaps where jobs run on Kubernetes. */
  readonly kubernetes: {
    readonly kubeconfig: string | undefined;
    readonly jobsNamespace: string;
    readonly systemNamespace: string;
    readonly coordinatorImage: string | undefined;
    readonly rpcUrl: string | undefined;
    readonly grpcAddress: string | undefined;
    readonly insecureControlPlane: boolean;
  };
}

export const logFormats = ['json', 'pretty', 'auto'] as const;
export type LogFormat = (typeof logFormats)[number];
export const runtimeKinds = ['local', 'kubernetes'] as const;
export type RuntimeKind = (typeof runtimeKinds)[number];
export const wantedIsolations = ['auto', 'bubblewrap', 'user', 'none'] as const;
export type WantedIsolation = (typeof wantedIsolations)[number];
