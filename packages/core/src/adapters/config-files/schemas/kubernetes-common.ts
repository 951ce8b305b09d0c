import type { JsonSchema } from '@danube/plugin-api';
import { quantityHint, quantityPattern } from '../../../domain/kubernetes/quantity.js';
import { explained, integer, listOf, object, oneOf, pattern } from './common.js';

type Amount = { readonly request?: string; readonly limit?: string };

export interface ResourcesYaml {
  readonly cpu?: Amount;
  readonly memory?: Amount;
  readonly ephemeral_storage?: Amount;
}

export interface EgressYaml {
  readonly hosts?: readonly string[];
  readonly cidrs?: readonly string[];
  readonly ports?: readonly number[];
}

export interface TolerationYaml {
  readonly key: string;
  readonly value?: string;
  readonly effect?: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
}

export function quantity(description: string): JsonSchema {
  return pattern(quantityPattern, quantityHint, description);
}

/** One schema for each kind of resource. */
export function perResource(schema: (name: string) => JsonSchema, description: string): JsonSchema {
  return object(
    {
      cpu: schema('CPU in cores, for example "500m" or "2"'),
      memory: schema('Memory in bytes, for example "512Mi"'),
      ephemeral_storage: schema("Disk in bytes, for all that the pod's containers and volumes hold"),
    },
    [],
    description,
  );
}

export function resources(description: string): JsonSchema {
  const amount = (name: string) =>
    object(
      { request: quantity('What a node must have free.'), limit: quantity('What is never exceeded.') },
      [],
      `${name}.`,
    );
  return perResource(amount, description);
}

/** The name of an object in the cluster. */
export function objectName(description: string): JsonSchema {
  return pattern(
    '^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$',
    'the name of an object in the cluster: lower-case letters, digits, "-" and "."',
    description,
  );
}

export function image(description: string): JsonSchema {
  return pattern(
    '^[a-z0-9][A-Za-z0-9._/:@-]{0,499}$',
    'a container image, for example "docker.io/library/python:3.12"',
    description,
  );
}

export function capabilities(description: string): JsonSchema {
  return listOf(
    pattern(
      '^(?!CAP_)[A-Z][A-Z_]{1,40}$',
      'the name of a capability, for example "SETUID"; without "CAP_"',
      'One capability.',
    ),
    description,
  );
}

export const labelKey = {
  pattern: '^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$',
  patternErrorMessage: 'the key of a label, for example "kubernetes.io/arch"',
};

export function labelValue(description: string): JsonSchema {
  return pattern(
    '^([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$',
    'the value of a label: letters, digits, "-", "_" and ".", at most 63',
    description,
  );
}

export function tolerations(description: string): JsonSchema {
  const toleration = object(
    {
      key: { type: 'string', ...labelKey, description: 'Key of the taint.' },
      value: labelValue('Value of the taint. Default: any.'),
      effect: oneOf(['NoSchedule', 'PreferNoSchedule', 'NoExecute'], 'Effect of the taint. Default: any.'),
    },
    ['key'],
    'One toleration.',
  );
  return listOf(toleration, description, 100);
}

/** Hosts and networks, each with ports of its own or those that all have. */
export function egressProperties(): Readonly<Record<'hosts' | 'cidrs' | 'ports', JsonSchema>> {
  return {
    hosts: listOf(
      explained('danube-egress-host', 'One name.'),
      'Names such as `pypi.org`, `*.example.com` for every name right below, or `db.example.com:5432`. Default: none.',
    ),
    cidrs: listOf(
      explained('danube-egress-cidr', 'One network.'),
      'Networks such as `10.1.0.0/16` or `10.1.2.3/32:5432`. Default: none.',
    ),
    ports: {
      ...listOf(integer(1, 65_535, 'One port.'), 'TCP ports of entries that name none. Default: 80 and 443.', 100),
      minItems: 1,
    },
  };
}
