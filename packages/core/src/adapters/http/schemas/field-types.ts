import { Type, type Static, type TSchema } from 'typebox';

/** One of a fixed set of strings, as OpenAPI writes it. */
export function oneOf<const T extends string>(values: readonly T[], description?: string) {
  return Type.Unsafe<T>({ type: 'string', enum: [...values], ...(description && { description }) });
}

/** Absent where there is nothing to say. The views may leave it undefined: JSON drops such keys. */
export function optional<S extends TSchema>(schema: S) {
  return Type.Optional(Type.Unsafe<Static<S> | undefined>(schema));
}

/** A moment in ISO 8601 with a time zone. */
export function time(description: string) {
  return Type.String({ format: 'date-time', description });
}

/** One page of a list. */
export function page<S extends TSchema>(item: S) {
  return Type.Object({
    items: Type.Array(item),
    next_cursor: optional(Type.String({ description: 'Pass it as `cursor` for the next page; absent on the last.' })),
  });
}

export const limit = Type.Optional(
  Type.Integer({ minimum: 1, maximum: 200, default: 50, description: 'How many items a page has at most.' }),
);
