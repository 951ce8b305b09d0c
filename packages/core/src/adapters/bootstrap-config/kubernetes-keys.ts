import type { Setting } from './setting.js';
import { address, flag, imageName, kubernetesName, path, publicUrl } from './value-readers.js';

/** The keys of the section `[kubernetes]`. */
export const kubernetesKeys = {
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
