import type { ConfigPath } from '../config/config-path.js';
import { compareQuantities } from './quantity.js';
import { type Refusal, allowedBy } from './refusal.js';
import { resourceNames, resourceYamlNames, type ResourceMaximums, type Resources } from './resources.js';

const kinds = ['request', 'limit'] as const;

export function refuseQuantity(
  path: ConfigPath,
  quantity: string | undefined,
  maximum: string | undefined,
  setting: string,
): readonly Refusal[] {
  if (quantity === undefined || maximum === undefined || compareQuantities(quantity, maximum) <= 0) return [];
  return [
    { path, message: `"${quantity}" is more than is allowed`, suggestion: allowedBy(setting, [`at most ${maximum}`]) },
  ];
}

/** Amounts above the maximum, and requests above their own limit. */
export function refuseResources(
  resources: Resources,
  maximums: ResourceMaximums,
  base: ConfigPath,
): readonly Refusal[] {
  return resourceNames.flatMap((name) => {
    const yamlName = resourceYamlNames[name];
    const { request, limit } = resources[name] ?? {};
    const path = [...base, yamlName];
    const tooMuch = kinds.flatMap((kind) =>
      refuseQuantity([...path, kind], resources[name]?.[kind], maximums[name], `max_resources.${yamlName}`),
    );
    if (request === undefined || limit === undefined || compareQuantities(request, limit) <= 0) return tooMuch;
    const message = `the request "${request}" is more than the limit "${limit}"`;
    return [...tooMuch, { path: [...path, 'request'], message, suggestion: 'lower the request or raise the limit' }];
  });
}
