import { Type } from 'typebox';

/** Neighbouring lines of one step. */
export const LogSectionSchema = Type.Object({
  sequence: Type.Integer({ description: 'Of the step; 0 is danubefile.py itself, -1 are remarks of the server.' }),
  name: Type.String({ description: 'As it stands in the lines.' }),
  first_line: Type.Integer({ description: 'Counted from 1.' }),
  last_line: Type.Integer(),
});

export const logSearchQuery = Type.Object(
  {
    q: Type.String({ minLength: 1, maxLength: 1000, description: 'What to look for.' }),
    regex: Type.Optional(Type.Boolean({ default: false, description: '`q` is a regular expression of JavaScript.' })),
    case: Type.Optional(Type.Boolean({ default: false, description: 'Upper and lower case are not the same.' })),
    from_line: Type.Optional(Type.Integer({ minimum: 1, default: 1, description: 'First line to look at.' })),
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 1_000_000, default: 10_000, description: 'End after so many lines found.' }),
    ),
  },
  { additionalProperties: false },
);
