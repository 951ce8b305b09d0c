import type { ApiRequest } from './api-request.js';
import { forbidden } from './status.js';

/** A rule as it stands in a Role or ClusterRole. */
export interface PolicyRule {
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly verbs: readonly string[];
  readonly resourceNames?: readonly string[];
}

/** By namespace; those of `*` hold everywhere, and for what has no namespace. */
export type RulesByNamespace = Readonly<Record<string, readonly PolicyRule[]>>;

/** Refuses what the rules do not allow; without rules the user may do everything. */
export function authorize(
  request: ApiRequest,
  user: string,
  rules: RulesByNamespace | undefined,
  upgrade: boolean,
): void {
  const { resource, verb } = request;
  if (rules === undefined || resource === undefined) return;
  const applicable = [...(rules['*'] ?? []), ...(rules[request.namespace] ?? [])];
  // an upgrade to a WebSocket is a GET, and yet starts something
  const verbs = upgrade ? [verb, 'create'] : [verb];
  for (const needed of verbs) {
    if (!applicable.some((rule) => allows(rule, request, resource, needed))) {
      throw forbidden(resource, { ...request, user, verb: needed });
    }
  }
}

function allows(
  { apiGroups = [], resources = [], verbs, resourceNames }: PolicyRule,
  { subresource, name }: ApiRequest,
  { group, plural }: NonNullable<ApiRequest['resource']>,
  verb: string,
): boolean {
  const has = (list: readonly string[], value: string) => list.includes(value) || list.includes('*');
  return (
    has(apiGroups, group) &&
    has(verbs, verb) &&
    has(resources, subresource === '' ? plural : `${plural}/${subresource}`) &&
    (resourceNames === undefined || resourceNames.includes(name))
  );
}
