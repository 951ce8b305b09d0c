import { logFormats, runtimeKinds, wantedIsolations } from './bootstrap-config.js';
import {
  accountName,
  address,
  branch,
  duration,
  flag,
  imageName,
  kubernetesName,
  levelFilter,
  oneOf,
  path,
  publicUrl,
  repositoryUrl,
  type ValueReader,
} from './value-readers.js';

/** One key of `danube.toml`. */
export interface Setting<T = unknown> {
  readonly section: string;
  readonly key: string;
  /** The environment variable that wins over the file. */
  readonly env: string;
  readonly description: string;
  readonly reader: ValueReader<T>;
  /** As it would be written in the file; undefined where there is no default. */
  readonly defaultValue: string | boolean | undefined;
  /** Stands commented out in the file that `danube init-config` writes. */
  readonly example?: string;
}

/** Every key, in the order of the documentation and of the generated file. */
export const settings = {
  url: {
    section: 'config_repo',
    key: 'url',
    env: 'DANUBE_CONFIG_REPO_URL',
    description: 'Git repository that holds the configuration: users, teams and pipelines.',
    reader: repositoryUrl,
    defaultValue: undefined,
    example: 'git@git.example.com:platform/danube-config.git',
  },
  branch: {
    section: 'config_repo',
    key: 'branch',
    env: 'DANUBE_CONFIG_REPO_BRANCH',
    description: 'Branch whose head is in force.',
    reader: branch,
    defaultValue: 'main',
  },
  syncInterval: {
    section: 'config_repo',
    key: 'sync_interval',
    env: 'DANUBE_CONFIG_REPO_SYNC_INTERVAL',
    description: 'How often the repository is asked for a new commit.',
    reader: duration(1000, '1s'),
    defaultValue: '60s',
  },
  sshKeyPath: {
    section: 'config_repo',
    key: 'ssh_key_path',
    env: 'DANUBE_CONFIG_REPO_SSH_KEY_PATH',
    description: 'Private key for ssh URLs. Without it Danube uses its own deploy key, made at the first start.',
    reader: path,
    defaultValue: undefined,
    example: '/etc/danube/config_repo_key',
  },
  bindAddress: {
    section: 'server',
    key: 'bind_address',
    env: 'DANUBE_BIND_ADDRESS',
    description: 'Where the REST API and the web interface listen. Use "0.0.0.0:8080" to be reachable from outside.',
    reader: address,
    defaultValue: '127.0.0.1:8080',
  },
  rpcAddress: {
    section: 'server',
    key: 'rpc_address',
    env: 'DANUBE_RPC_ADDRESS',
    description: 'Where the JSON control plane for running jobs listens.',
    reader: address,
    defaultValue: '127.0.0.1:9000',
  },
  grpcAddress: {
    section: 'server',
    key: 'grpc_address',
    env: 'DANUBE_GRPC_ADDRESS',
    description: 'Where the gRPC control plane for running jobs listens.',
    reader: address,
    defaultValue: '127.0.0.1:9090',
  },
  dataDir: {
    section: 'server',
    key: 'data_dir',
    env: 'DANUBE_DATA_DIR',
    description: 'Directory of the database, logs, artifacts, keys and caches.',
    reader: path,
    defaultValue: '/var/lib/danube',
  },
  publicUrl: {
    section: 'server',
    key: 'public_url',
    env: 'DANUBE_PUBLIC_URL',
    description: 'How browsers and forges reach the server. Without it: http:// and the bind address.',
    reader: publicUrl,
    defaultValue: undefined,
    example: 'https://danube.example.com',
  },
  metricsPublic: {
    section: 'server',
    key: 'metrics_public',
    env: 'DANUBE_METRICS_PUBLIC',
    description: 'Whether /metrics answers callers without a token.',
    reader: flag,
    defaultValue: true,
  },
  controlTlsCert: {
    section: 'server',
    key: 'control_tls_cert',
    env: 'DANUBE_CONTROL_TLS_CERT',
    description:
      'Certificate of the control planes for jobs on Kubernetes, PEM, followed by those that lead to its authority. Read again every hour. Without it Danube makes one itself.',
    reader: path,
    defaultValue: undefined,
    example: '/etc/danube/tls/tls.crt',
  },
  controlTlsKey: {
    section: 'server',
    key: 'control_tls_key',
    env: 'DANUBE_CONTROL_TLS_KEY',
    description: 'Private key of that certificate, PEM.',
    reader: path,
    defaultValue: undefined,
    example: '/etc/danube/tls/tls.key',
  },
  controlTlsCa: {
    section: 'server',
    key: 'control_tls_ca',
    env: 'DANUBE_CONTROL_TLS_CA',
    description:
      'Certificates of the authorities that jobs trust for the control planes, PEM. Without it: those that the coordinator image trusts.',
    reader: path,
    defaultValue: undefined,
    example: '/etc/danube/tls/ca.crt',
  },
  level: {
    section: 'logging',
    key: 'level',
    env: 'DANUBE_LOG',
    description: 'How much is logged, for everything or by target.',
    reader: levelFilter,
    defaultValue: 'info',
  },
  format: {
    section: 'logging',
    key: 'format',
    env: 'DANUBE_LOG_FORMAT',
    description: 'Form of the log lines; "auto" is pretty on a terminal and JSON elsewhere.',
    reader: oneOf(logFormats),
    defaultValue: 'auto',
  },
  runtimeKind: {
    section: 'runtime',
    key: 'kind',
    env: 'DANUBE_RUNTIME',
    description: 'Where jobs run. "local" means processes of this machine.',
    reader: oneOf(runtimeKinds),
    defaultValue: 'local',
  },
  isolation: {
    section: 'runtime',
    key: 'isolation',
    env: 'DANUBE_RUNTIME_ISOLATION',
    description:
      'What keeps jobs on the local runtime from the server and from each other. "auto" takes the best that works and warns where nothing does; one that is named and does not work stops the start.',
    reader: oneOf(wantedIsolations),
    defaultValue: 'auto',
  },
  localUser: {
    section: 'runtime',
    key: 'local_user',
    env: 'DANUBE_RUNTIME_LOCAL_USER',
    description:
      'The account that jobs on the local runtime run as where the server runs as root. Without it: `danube-jobs`, where there is such an account.',
    reader: accountName,
    defaultValue: undefined,
    example: 'danube-jobs',
  },
  kubeconfig: {
    section: 'kubernetes',
    key: 'kubeconfig',
    env: 'DANUBE_KUBERNETES_KUBECONFIG',
    description:
      'How the cluster is reached. Without it: what `KUBECONFIG` names, /etc/rancher/k3s/k3s.yaml where it can be read, or the service account of the pod. `~/.kube/config` is used only if it is named.',
    reader: path,
    defaultValue: undefined,
    example: '/etc/danube/kubeconfig',
  },
  jobsNamespace: {
    section: 'kubernetes',
    key: 'jobs_namespace',
    env: 'DANUBE_KUBERNETES_JOBS_NAMESPACE',
    description: 'Namespace of the pods of jobs; made where it is absent.',
    reader: kubernetesName,
    defaultValue: 'danube-jobs',
  },
  systemNamespace: {
    section: 'kubernetes',
    key: 'system_namespace',
    env: 'DANUBE_KUBERNETES_SYSTEM_NAMESPACE',
    description: 'Namespace of what Danube itself runs in the cluster; made where it is absent.',
    reader: kubernetesName,
    defaultValue: 'danube-system',
  },
  coordinatorImage: {
    section: 'kubernetes',
    key: 'coordinator_image',
    env: 'DANUBE_KUBERNETES_COORDINATOR_IMAGE',
    description: 'Image that checks out the source and runs pipeline files. Required on Kubernetes.',
    reader: imageName,
    defaultValue: undefined,
    example: 'registry.example.com/danube/coordinator:1.0.0',
  },
  kubernetesRpcUrl: {
    section: 'kubernetes',
    key: 'rpc_url',
    env: 'DANUBE_KUBERNETES_RPC_URL',
    description:
      'How pods reach the JSON control plane: an https URL. Without it, in a pod: the service `danube` in the system namespace; elsewhere required on Kubernetes.',
    reader: publicUrl,
    defaultValue: undefined,
    example: 'https://10.0.0.5:9000',
  },
  kubernetesGrpcAddress: {
    section: 'kubernetes',
    key: 'grpc_address',
    env: 'DANUBE_KUBERNETES_GRPC_ADDRESS',
    description: 'How pods reach the gRPC control plane. Without it as with `rpc_url`.',
    reader: address,
    defaultValue: undefined,
    example: '10.0.0.5:9090',
  },
  insecureControlPlane: {
    section: 'kubernetes',
    key: 'insecure_control_plane',
    env: 'DANUBE_KUBERNETES_INSECURE_CONTROL_PLANE',
    description:
      'Whether jobs and the control planes talk in clear text, so that whoever can read the traffic of the cluster can act as a job. Then `rpc_url` is an http URL.',
    reader: flag,
    defaultValue: false,
  },
} as const satisfies Readonly<Record<string, Setting>>;

export type SettingName = keyof typeof settings;
export const settingList: readonly Setting[] = Object.values(settings);
