import { createRequire } from 'node:module';

interface Validate {
  (document: unknown): boolean;
  readonly errors?: readonly { readonly instancePath: string; readonly message?: string }[] | null;
}

interface Ajv {
  compile(schema: object): Validate;
}

// the one of the core: the root has another version
const requireFromCore = createRequire(new URL('../../packages/core/package.json', import.meta.url));
const { Ajv2020 } = requireFromCore('ajv/dist/2020.js') as { Ajv2020: new (options: object) => Ajv };
const addFormats = requireFromCore('ajv-formats') as (ajv: Ajv) => void;

const uri = { type: 'string', format: 'uri' };
const hex = (digits: number) => ({ type: 'string', pattern: `^[0-9a-f]{${digits}}$` });
const base64 = { type: 'string', pattern: '^[A-Za-z0-9+/]+={0,2}$' };
const closed = (required: readonly string[], properties: Readonly<Record<string, unknown>>) => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
});

const digestSet = {
  type: 'object',
  minProperties: 1,
  properties: {
    sha256: hex(64),
    sha1: hex(40),
    gitCommit: { type: 'string', pattern: '^([0-9a-f]{40}|[0-9a-f]{64})$' },
  },
  additionalProperties: { type: 'string' },
};

/** in-toto attestation framework v1: ResourceDescriptor. */
const resource = {
  ...closed([], {
    name: { type: 'string', minLength: 1 },
    uri,
    digest: digestSet,
    content: base64,
    downloadLocation: uri,
    mediaType: { type: 'string', pattern: '^[a-z]+/[a-z0-9.+-]+$' },
    annotations: { type: 'object' },
  }),
  anyOf: [{ required: ['uri'] }, { required: ['digest'] }, { required: ['content'] }],
};

/** SLSA v1.0: BuildDefinition and RunDetails, with no field that the specification does not name. */
const predicateV1 = closed(['buildDefinition', 'runDetails'], {
  buildDefinition: closed(['buildType', 'externalParameters'], {
    buildType: uri,
    externalParameters: { type: 'object' },
    internalParameters: { type: 'object' },
    resolvedDependencies: { type: 'array', items: resource },
  }),
  runDetails: closed(['builder'], {
    builder: closed(['id'], {
      id: uri,
      builderDependencies: { type: 'array', items: resource },
      version: { type: 'object', additionalProperties: { type: 'string' } },
    }),
    metadata: closed([], {
      invocationId: { type: 'string' },
      startedOn: { type: 'string', format: 'date-time' },
      finishedOn: { type: 'string', format: 'date-time' },
    }),
    byproducts: { type: 'array', items: resource },
  }),
});

const statementV1 = closed(['_type', 'subject', 'predicateType', 'predicate'], {
  _type: { const: 'https://in-toto.io/Statement/v1' },
  subject: { type: 'array', minItems: 1, items: { allOf: [resource, { required: ['digest'] }] } },
  predicateType: { const: 'https://slsa.dev/provenance/v1' },
  predicate: predicateV1,
});

/** SLSA v0.2, and the `recipe` that Danube adds: readers are to pass over what they do not know. */
const predicateV02 = closed(['builder', 'buildType'], {
  builder: closed(['id'], { id: uri }),
  buildType: uri,
  invocation: closed([], {
    configSource: closed([], { uri, digest: digestSet, entryPoint: { type: 'string' } }),
    parameters: { type: 'object' },
    environment: { type: 'object' },
  }),
  buildConfig: { type: 'object' },
  metadata: closed([], {
    buildInvocationId: { type: 'string' },
    buildStartedOn: { type: 'string', format: 'date-time' },
    buildFinishedOn: { type: 'string', format: 'date-time' },
    completeness: closed([], {
      parameters: { type: 'boolean' },
      environment: { type: 'boolean' },
      materials: { type: 'boolean' },
    }),
    reproducible: { type: 'boolean' },
  }),
  materials: { type: 'array', items: closed(['uri'], { uri, digest: digestSet }) },
  recipe: closed(['type', 'definedInMaterial', 'entryPoint'], {
    type: uri,
    definedInMaterial: { type: 'integer', minimum: 0 },
    entryPoint: { type: 'string' },
  }),
});

const statementV02 = closed(['_type', 'subject', 'predicateType', 'predicate'], {
  _type: { const: 'https://in-toto.io/Statement/v0.1' },
  subject: {
    type: 'array',
    minItems: 1,
    items: closed(['name', 'digest'], { name: { type: 'string', minLength: 1 }, digest: digestSet }),
  },
  predicateType: { const: 'https://slsa.dev/provenance/v0.2' },
  predicate: predicateV02,
});

const envelope = closed(['payloadType', 'payload', 'signatures'], {
  payloadType: { const: 'application/vnd.in-toto+json' },
  payload: base64,
  signatures: { type: 'array', minItems: 1, items: closed(['sig'], { keyid: { type: 'string' }, sig: base64 }) },
});

const schemas = { statementV1, statementV02, envelope };

const ajv = new Ajv2020({ allErrors: true, strict: false });
addFormats(ajv);

/** What is wrong with a document by the published specifications, a line each. */
export function schemaProblems(name: keyof typeof schemas, document: unknown): readonly string[] {
  const validate = ajv.compile(schemas[name]);
  // as a reader of the file has it
  if (validate(JSON.parse(JSON.stringify(document)))) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
