import {
  capabilities,
  egressProperties,
  labelKey,
  labelValue,
  objectName,
  quantity,
  resources,
  tolerations,
  type EgressYaml,
  type ResourcesYaml,
  type TolerationYaml,
} from './kubernetes-common.js';
import { listOf, object } from './common.js';

export interface PodRequestYaml {
  readonly resources?: ResourcesYaml;
  readonly workspace_size?: string;
  readonly node_selector?: Readonly<Record<string, string>>;
  readonly tolerations?: readonly TolerationYaml[];
  readonly image_pull_secrets?: readonly string[];
  readonly service_account?: string;
  readonly capabilities?: readonly string[];
  readonly egress?: EgressYaml;
}

export const podRequestSchema = object(
  {
    resources: resources("Of the worker, where steps run. Default: the instance's `kubernetes.default_resources`."),
    workspace_size: quantity('Most that the workspace may hold. Default: "10Gi", or what the instance allows.'),
    node_selector: {
      type: 'object',
      maxProperties: 50,
      propertyNames: labelKey,
      additionalProperties: labelValue('Value of the label.'),
      description: 'Labels that the node must have. Default: none.',
    },
    tolerations: tolerations('Taints of nodes that do not matter. Default: none.'),
    image_pull_secrets: listOf(
      objectName('Name of a secret in the namespace of the jobs.'),
      'What opens the registry of the image. Default: none.',
      20,
    ),
    service_account: objectName("Service account of the pod; its token is never mounted. Default: the namespace's."),
    capabilities: capabilities(
      'Linux capabilities that the worker gets although all others are dropped. Default: none.',
    ),
    egress: object(
      egressProperties(),
      [],
      "Where connections may lead beyond the instance's `kubernetes.egress`. Default: nowhere.",
    ),
  },
  [],
  "The pods of the pipeline's jobs on the kubernetes runtime. What may be asked for is in the instance's `kubernetes` settings.",
);
