import { defaultKubernetesSettings } from '../../../domain/kubernetes/kubernetes-settings.js';
import { duration, listOf, object } from './common.js';
import {
  capabilities,
  egressProperties,
  image,
  labelKey,
  labelValue,
  objectName,
  perResource,
  quantity,
  resources,
  tolerations,
  type EgressYaml,
  type ResourcesYaml,
  type TolerationYaml,
} from './kubernetes-common.js';

export interface KubernetesSettingsYaml {
  readonly default_image?: string;
  readonly default_resources?: ResourcesYaml;
  readonly coordinator_resources?: ResourcesYaml;
  readonly max_resources?: Readonly<Partial<Record<keyof ResourcesYaml, string>>>;
  readonly max_workspace_size?: string;
  readonly allowed_service_accounts?: readonly string[];
  readonly allowed_image_pull_secrets?: readonly string[];
  readonly allowed_node_selectors?: Readonly<Record<string, readonly string[]>>;
  readonly allowed_tolerations?: readonly TolerationYaml[];
  readonly allowed_capabilities?: readonly string[];
  readonly egress?: EgressYaml & { readonly allow_all?: boolean };
  readonly allowed_egress?: EgressYaml;
  readonly image_pull_timeout?: string;
  readonly schedule_timeout?: string;
  readonly keep_failed_for?: string;
}

const { defaultImage, maxResources, maxWorkspaceSize } = defaultKubernetesSettings;

export const kubernetesSettingsSchema = object(
  {
    default_image: image(`Image of the worker where a pipeline names none. Default: "${defaultImage}".`),
    default_resources: resources(
      'Of the worker where a pipeline says nothing, but never more than `max_resources`. Default: 100m of a core, and 128Mi to 2Gi of memory.',
    ),
    coordinator_resources: resources(
      'Of the container that runs the pipeline file. Default: 20m to 1 core, 48Mi to 512Mi of memory, 1Gi of disk.',
    ),
    max_resources: perResource(
      (name) => quantity(`${name}.`),
      'Most that a pipeline may ask for, and the limit where nothing else says one. Default: ' +
        `"${maxResources.cpu}" cores, "${maxResources.memory}" of memory, "${maxResources.ephemeralStorage}" of disk.`,
    ),
    max_workspace_size: quantity(`Largest workspace that a pipeline may ask for. Default: "${maxWorkspaceSize}".`),
    allowed_service_accounts: listOf(
      objectName('One name.'),
      'Service accounts that pipelines may name. Default: none.',
    ),
    allowed_image_pull_secrets: listOf(
      objectName('One name.'),
      'Secrets for registries that pipelines may name. Default: none.',
    ),
    allowed_node_selectors: {
      type: 'object',
      maxProperties: 100,
      propertyNames: labelKey,
      additionalProperties: listOf(labelValue('One value.'), 'Values of that label.'),
      description: 'Labels of nodes, each with the values, that pipelines may select. Default: none.',
    },
    allowed_tolerations: tolerations('Tolerations that pipelines may ask for. Default: none.'),
    allowed_capabilities: capabilities('Linux capabilities that pipelines may ask for. Default: none.'),
    egress: object(
      {
        allow_all: {
          type: 'boolean',
          description: "Whether jobs may reach everything but the cloud's metadata service. Default: false.",
        },
        ...egressProperties(),
      },
      [],
      'Where connections of every job may lead, besides the repository, the server and DNS. Default: nowhere.',
    ),
    allowed_egress: object(
      egressProperties(),
      [],
      'What pipelines may add for their own jobs; `*` among the hosts stands for every name. Default: nothing.',
    ),
    image_pull_timeout: duration('How long an image may fail to be pulled before the job fails. Default: "2m".'),
    schedule_timeout: duration('How long no node may have room before the job fails. Default: "5m".'),
    keep_failed_for: duration('How long pods of failed jobs are kept, to look into them. Default: "0s".'),
  },
  [],
  'Pods of jobs on the kubernetes runtime, and what pipelines may ask for.',
);
