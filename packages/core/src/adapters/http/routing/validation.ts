import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import type { TObject } from 'typebox';
import { requestInvalid, type RequestProblem } from '../errors/http-errors.js';
import { acceptedBy, type AcceptingSchema } from './accepted-by.js';

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/i;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The first use costs a tenth of a second, in which the server does nothing else: all schemas share one of each kind. */
const ajvs = new Map<boolean | 'array', Ajv2020>();

function ajvFor(coerceTypes: boolean | 'array'): Ajv2020 {
  const ajv = ajvs.get(coerceTypes) ?? newAjv(coerceTypes);
  ajvs.set(coerceTypes, ajv);
  return ajv;
}

function newAjv(coerceTypes: boolean | 'array'): Ajv2020 {
  const options = { allErrors: true, strict: true, verbose: true, useDefaults: true, coerceTypes };
  // the schemas are ours and held by tests
  const ajv = new Ajv2020({ ...options, validateSchema: false });
  ajv.addFormat('date-time', (text) => isoTime.test(text) && !Number.isNaN(Date.parse(text)));
  ajv.addFormat('uuid', uuid);
  return ajv;
}

/** Checks one part of requests against its schema, which is compiled when the first request comes. */
export class Validation {
  #validate: ValidateFunction | undefined;

  constructor(
    private readonly part: 'path' | 'query' | 'body',
    private readonly schema: TObject,
  ) {}

  /** @throws DanubeError `request_invalid` naming every wrong field and what it accepts. */
  check(value: Record<string, unknown>): Record<string, unknown> {
    // text from the address becomes numbers and booleans; in JSON a number must be one already
    this.#validate ??= ajvFor(this.part === 'body' ? false : 'array').compile(this.schema);
    if (this.#validate(value)) return value;
    throw requestInvalid((this.#validate.errors ?? []).map((error) => this.#problem(error)));
  }

  #problem(error: ErrorObject): RequestProblem {
    const path = error.instancePath.slice(1).replaceAll('/', '.');
    const params = error.params as { additionalProperty?: string; missingProperty?: string };
    const unknown = params.additionalProperty;
    if (unknown !== undefined) {
      const known = Object.keys((error.parentSchema?.['properties'] ?? {}) as object);
      const message = `is not known; accepted: ${known.join(', ') || 'nothing'}`;
      return { in: this.part, field: join(path, unknown), message };
    }
    if (params.missingProperty !== undefined) {
      return { in: this.part, field: join(path, params.missingProperty), message: 'is missing' };
    }
    return { in: this.part, field: path, message: `must be ${acceptedBy(error.parentSchema as AcceptingSchema)}` };
  }
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

/** The query as the schema wants it: list parameters may be repeated or separated by commas. */
export function readQuery(query: URLSearchParams, schema: TObject): Record<string, unknown> {
  // without a prototype, so that a parameter called __proto__ is one like any other
  const values = Object.create(null) as Record<string, unknown>;
  for (const name of new Set(query.keys())) {
    const given = query.getAll(name);
    const isList = (schema.properties[name] as { type?: string } | undefined)?.type === 'array';
    values[name] = isList ? given.flatMap((text) => text.split(',')) : given.length === 1 ? given[0] : given;
  }
  return values;
}
