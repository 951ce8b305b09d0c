/** The object that the API answers with where it has no other. */
export interface Status {
  readonly kind?: 'Status';
  readonly apiVersion?: 'v1';
  readonly metadata: object;
  readonly status: 'Success' | 'Failure';
  readonly message?: string;
  readonly reason?: string;
  readonly details?: object;
  readonly code?: number;
}

interface FieldCause {
  readonly reason: string;
  readonly message: string;
  readonly field: string;
}

/** A refusal, thrown by whoever finds it and answered by the server. */
export class Refusal extends Error {
  constructor(
    readonly code: number,
    readonly body: Status | string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(typeof body === 'string' ? body : body.message);
  }
}

export function failure(code: number, reason: string, message: string, details?: object): Status {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason,
    ...(details && { details }),
    code,
  };
}

const refuse = (code: number, reason: string, message: string, details?: object) =>
  new Refusal(code, failure(code, reason, message, details));

interface Named {
  readonly group: string;
  readonly plural: string;
}

const detailsOf = ({ group, plural }: Named, name?: string) => ({
  ...(name !== undefined && { name }),
  ...(group !== '' && { group }),
  kind: plural,
});
const qualified = ({ group, plural }: Named) => (group === '' ? plural : `${plural}.${group}`);

/** A path that the server does not serve at all; not even a Status. */
export const noSuchPath = () => new Refusal(404, '404 page not found\n');

export const badRequest = (message: string) => refuse(400, 'BadRequest', message);

export const unauthorized = () => refuse(401, 'Unauthorized', 'Unauthorized');

export const notFound = (resource: Named, name: string) =>
  refuse(404, 'NotFound', `${qualified(resource)} "${name}" not found`, detailsOf(resource, name));

export const alreadyExists = (resource: Named, name: string) =>
  refuse(409, 'AlreadyExists', `${qualified(resource)} "${name}" already exists`, detailsOf(resource, name));

export const conflict = (resource: Named, name: string, message: string) =>
  refuse(
    409,
    'Conflict',
    `Operation cannot be fulfilled on ${qualified(resource)} "${name}": ${message}`,
    detailsOf(resource, name),
  );

export const methodNotAllowed = () =>
  refuse(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource', {});

export const unsupportedMediaType = (accepted: readonly string[]) =>
  refuse(
    415,
    'UnsupportedMediaType',
    `the body of the request was in an unknown format - accepted media types include: ${accepted.join(', ')}`,
    {},
  );

export function invalid(kind: string, name: string, causes: readonly FieldCause[]): Refusal {
  const texts = causes.map(({ field, message }) => `${field}: ${message}`);
  const text = texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`;
  return refuse(422, 'Invalid', `${kind} "${name}" is invalid: ${text}`, { name, kind, causes });
}

export function forbidden(
  { group, plural }: Named,
  {
    user,
    verb,
    subresource,
    namespace,
    name,
  }: { user: string; verb: string; subresource: string; namespace: string; name: string },
): Refusal {
  const subject = qualified({ group, plural }) + (name === '' ? '' : ` "${name}"`);
  const resource = subresource === '' ? plural : `${plural}/${subresource}`;
  const scope = namespace === '' ? 'at the cluster scope' : `in the namespace "${namespace}"`;
  return refuse(
    403,
    'Forbidden',
    `${subject} is forbidden: User "${user}" cannot ${verb} resource "${resource}" in API group "${group}" ${scope}`,
    detailsOf({ group, plural }, name === '' ? undefined : name),
  );
}

export const tooOldVersion = (asked: number, oldest: number) =>
  failure(410, 'Expired', `too old resource version: ${asked} (${oldest})`);

export const tooLargeVersion = (asked: number, current: number) =>
  failure(504, 'Timeout', `Too large resource version: ${asked}, current: ${current}`, {
    causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
    retryAfterSeconds: 1,
  });
