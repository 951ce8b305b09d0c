import { DanubeError } from '@danube/plugin-api';

/** A decoded request, of either transport, with the field names of coordinator.proto. Unknown fields are ignored. */
export type Message = Readonly<Record<string, unknown>>;

const maxUint32 = 2 ** 32 - 1;

export function invalidField(field: string, accepted: string): DanubeError {
  return new DanubeError('request_invalid', `${field} must be ${accepted}`, {
    category: 'invalid',
    details: { field },
  });
}

export function textField(message: Message, field: string, maxCharacters: number): string {
  const value = message[field] ?? '';
  if (typeof value !== 'string') throw invalidField(field, 'text');
  if (value.length > maxCharacters) throw invalidField(field, `at most ${maxCharacters} characters long`);
  if (value.includes('\0')) throw invalidField(field, 'text without NUL bytes');
  return value;
}

/** A whole number from 0 to `max`; 0 where the field is absent, as protobuf has it. */
export function countField(message: Message, field: string, max = Number.MAX_SAFE_INTEGER): number {
  const value = message[field] ?? 0;
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0 || value > max) {
    throw invalidField(field, `a whole number from 0 to ${max}`);
  }
  return value;
}

/** As {@link countField}, but undefined where the field is absent. */
export function optionalCountField(message: Message, field: string): number | undefined {
  return message[field] === undefined || message[field] === null ? undefined : countField(message, field, maxUint32);
}

export function flagField(message: Message, field: string): boolean {
  const value = message[field] ?? false;
  if (typeof value !== 'boolean') throw invalidField(field, 'true or false');
  return value;
}

export function textMapField(message: Message, field: string, maxEntries: number): Readonly<Record<string, string>> {
  const value = message[field] ?? {};
  if (typeof value !== 'object' || Array.isArray(value)) throw invalidField(field, 'an object of names and texts');
  const entries: [string, unknown][] = Object.entries(value);
  if (entries.length > maxEntries) throw invalidField(field, `at most ${maxEntries} entries`);
  const texts: Record<string, string> = {};
  for (const [name, text] of entries) {
    if (typeof text !== 'string') throw invalidField(`${field}.${name}`, 'text');
    texts[name] = text;
  }
  return texts;
}
