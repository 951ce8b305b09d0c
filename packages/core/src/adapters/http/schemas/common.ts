import { Type } from 'typebox';

export const ErrorSchema = Type.Object({
  error: Type.Object({
    code: Type.String({ description: 'Stable name of the error; see docs/reference/errors.md.' }),
    message: Type.String({ description: 'For people: what is wrong and what to do.' }),
    details: Type.Record(Type.String(), Type.Unknown()),
    request_id: Type.String({ description: 'Stands in the log lines of this request too.' }),
  }),
});

export const IdentitySchema = Type.Object({ name: Type.String({ description: 'Who is logged in.' }) });
