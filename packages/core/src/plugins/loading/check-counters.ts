import { type CounterDeclaration, DanubeError } from '@danube/plugin-api';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

const countersSchema = {
  type: 'object',
  maxProperties: 20,
  additionalProperties: {
    type: 'object',
    additionalProperties: false,
    properties: {
      help: { type: 'string', minLength: 1, maxLength: 500 },
      labels: { type: 'array', maxItems: 5, items: { type: 'string', pattern: '^[a-z][a-z0-9_]{0,49}$' } },
    },
    required: ['help', 'labels'],
  },
};

let compiled: ValidateFunction<Readonly<Record<string, CounterDeclaration>>> | undefined;

/** @throws DanubeError `plugin_counter_invalid` (invalid) naming the counter that is wrong and what is accepted */
export function checkCounters(counters: unknown, id: string, whose: string): void {
  if (counters === undefined) return;
  const prefix = `danube_${id.replaceAll('-', '_')}_`;
  const names = new RegExp(`^${prefix}([a-z0-9]+_)+total$`);
  const validate = (compiled ??= new Ajv2020({ strict: true }).compile(countersSchema));
  if (!validate(counters)) {
    const { instancePath = '', message = '' } = validate.errors?.[0] ?? {};
    throw invalid(`the counters of ${whose} are not accepted: ${instancePath.slice(1)} ${message}`);
  }
  const wrong = Object.keys(counters).find((name) => !names.test(name));
  if (wrong !== undefined) throw invalid(`the counter "${wrong}" of ${whose} must be called ${prefix}…_total`);
}

function invalid(message: string): DanubeError {
  return new DanubeError('plugin_counter_invalid', message, { category: 'invalid' });
}
