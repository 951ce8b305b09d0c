import { invalid } from './status.js';

interface Problem {
  readonly reason: string;
  readonly message: string;
  readonly field: string;
}

interface Manifest {
  readonly metadata?: { readonly name?: string; readonly labels?: Readonly<Record<string, string>> };
  readonly spec?: PodFields;
}

interface ContainerFields {
  readonly name: string;
  readonly image?: string;
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
  readonly [field: string]: unknown;
}

interface PodFields {
  readonly volumes?: readonly { readonly name: string }[];
  readonly initContainers?: readonly ContainerFields[];
  readonly containers?: readonly ContainerFields[];
  readonly ephemeralContainers?: readonly ContainerFields[];
}

const subdomain = '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*';
const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const labelValue = '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?';
/** Fields of a container that an ephemeral one may not have. */
const notEphemeral = [
  'ports',
  'livenessProbe',
  'readinessProbe',
  'startupProbe',
  'lifecycle',
  'resources',
  'restartPolicy',
];

const wrong = (field: string, value: string, why: string): Problem => ({
  reason: 'FieldValueInvalid',
  message: `Invalid value: ${JSON.stringify(value)}: ${why}`,
  field,
});
const matches = (pattern: string, text: string) => new RegExp(`^${pattern}$`).test(text);

/** Refuses what decodes and yet breaks a rule that the schema cannot say. */
export function checkRules(kind: string, manifest: Manifest): void {
  const problems = [...metadataProblems(manifest), ...(kind === 'Pod' ? podProblems(manifest.spec ?? {}) : [])];
  if (problems.length > 0) throw invalid(kind, manifest.metadata?.name ?? '', problems);
}

function metadataProblems({ metadata: { name = '', labels = {} } = {} }: Manifest): Problem[] {
  const problems: Problem[] = [];
  if (name === '') {
    problems.push({
      reason: 'FieldValueRequired',
      message: 'Required value: name or generateName is required',
      field: 'metadata.name',
    });
  } else if (name.length > 253 || !matches(subdomain, name)) {
    const why = `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '${subdomain}')`;
    problems.push(wrong('metadata.name', name, why));
  }
  for (const value of Object.values(labels)) {
    if (value.length > 63) problems.push(wrong('metadata.labels', value, 'must be no more than 63 bytes'));
    else if (!matches(labelValue, value)) {
      const why = `a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '${labelValue}')`;
      problems.push(wrong('metadata.labels', value, why));
    }
  }
  return problems;
}

function podProblems(spec: PodFields): Problem[] {
  const problems: Problem[] = [];
  const volumes = new Set(spec.volumes?.map(({ name }) => name));
  const seen = new Set<string>();
  if (spec.containers?.length === 0) {
    problems.push({ reason: 'FieldValueRequired', message: 'Required value', field: 'spec.containers' });
  }
  for (const list of ['initContainers', 'containers', 'ephemeralContainers'] as const) {
    for (const [index, container] of (spec[list] ?? []).entries()) {
      const field = `spec.${list}[${index}]`;
      problems.push(...containerProblems(container, field, volumes));
      if (seen.has(container.name)) {
        problems.push({
          reason: 'FieldValueDuplicate',
          message: `Duplicate value: "${container.name}"`,
          field: `${field}.name`,
        });
      }
      seen.add(container.name);
      for (const forbidden of list === 'ephemeralContainers' ? notEphemeral : []) {
        if (isEmpty(container[forbidden])) continue;
        const message = 'Forbidden: cannot be set for an Ephemeral Container';
        problems.push({ reason: 'FieldValueForbidden', message, field: `${field}.${forbidden}` });
      }
    }
  }
  return problems;
}

function isEmpty(value: unknown): boolean {
  return value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
}

function containerProblems(
  { name, image, volumeMounts = [] }: ContainerFields,
  field: string,
  volumes: Set<string>,
): Problem[] {
  const problems: Problem[] = [];
  if (name.length > 63 || !matches(label, name)) {
    const why = `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '${label}')`;
    problems.push(wrong(`${field}.name`, name, why));
  }
  if (image === undefined || image === '') {
    problems.push({ reason: 'FieldValueRequired', message: 'Required value', field: `${field}.image` });
  }
  const paths = new Set<string>();
  for (const [index, mount] of volumeMounts.entries()) {
    const at = `${field}.volumeMounts[${index}]`;
    if (!volumes.has(mount.name)) {
      problems.push({ reason: 'FieldValueNotFound', message: `Not found: "${mount.name}"`, field: `${at}.name` });
    }
    if (paths.has(mount.mountPath)) {
      problems.push(wrong(`${at}.mountPath`, mount.mountPath, 'must be unique'));
    }
    paths.add(mount.mountPath);
  }
  return problems;
}
