import { DanubeError } from '@danube/plugin-api';
import type { ApiCaller } from './api-caller.js';
import { allowing, isAbsent, isForbidden, isThereAlready } from './api-failure.js';
import type { ClusterConnection } from './cluster-connection.js';
import { labels } from '../pod-layout.js';
import { sendRequest } from './send-request.js';

/**
 * Makes a namespace where it is absent. A server that may neither read nor make namespaces takes it as given.
 * @throws DanubeError `kubernetes_forbidden` where it is absent and may not be made; the message says what to run.
 */
export async function ensureNamespace(
  connection: ClusterConnection,
  caller: ApiCaller,
  name: string,
  signal: AbortSignal,
): Promise<void> {
  const found = caller.call({ verb: 'get', resource: 'namespaces' }, signal, (limit) =>
    sendRequest(connection, { method: 'GET', path: `/api/v1/namespaces/${name}` }, limit),
  );
  const state = await allowing(
    allowing(
      found.then(() => 'there' as const),
      isAbsent,
      'absent' as const,
    ),
    isForbidden,
    'unknown' as const,
  );
  if (state === 'there') return;
  const body = { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { [labels.managedBy]: 'danube' } } };
  const created = caller.call({ verb: 'create', resource: 'namespaces' }, signal, (limit) =>
    sendRequest(connection, { method: 'POST', path: '/api/v1/namespaces', body }, limit),
  );
  const outcome = await allowing(allowing(created, isThereAlready, undefined), isForbidden, 'forbidden' as const);
  if (outcome !== 'forbidden' || state === 'unknown') return;
  throw new DanubeError(
    'kubernetes_forbidden',
    `there is no namespace "${name}", and Danube may not make it; run: kubectl create namespace ${name}`,
    { category: 'forbidden' },
  );
}
