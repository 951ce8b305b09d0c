export interface AcceptingSchema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
}

/** What a schema accepts, in words that complete "must be …". */
export function acceptedBy(schema: AcceptingSchema): string {
  if (schema.enum) return `one of ${schema.enum.join(', ')}`;
  if (schema.format === 'date-time') return 'a time such as 2026-01-06T12:34:56Z';
  if (schema.format === 'uuid') return 'an id such as 019b9f4e-2f51-7c3a-9d1b-0e3c5a7f9b21';
  if (schema.pattern !== undefined) return `text that matches ${schema.pattern}`;
  switch (schema.type ?? 'object') {
    case 'integer':
    case 'number':
      return `${schema.type === 'integer' ? 'an integer' : 'a number'}${bounds(schema.minimum, schema.maximum)}`;
    case 'string':
      return `one text${length(schema.minLength, schema.maxLength)}`;
    case 'boolean':
      return 'true or false';
    case 'array':
      return 'a list';
    default:
      return 'an object';
  }
}

function bounds(least: number | undefined, most: number | undefined): string {
  if (least !== undefined && most !== undefined) return ` from ${least} to ${most}`;
  if (least !== undefined) return ` of at least ${least}`;
  return most === undefined ? '' : ` of at most ${most}`;
}

function length(least: number | undefined, most: number | undefined): string {
  if (least === undefined && most === undefined) return '';
  return ` of ${least ?? 0} to ${most ?? 'any number of'} characters`;
}
