import { apiVersionOf, type Resource } from './resources.js';
import { noSuchPath } from './status.js';

/** Answers what belongs to no resource: versions, groups, health. */
export function discover(path: string, served: readonly Resource[]): object | string {
  const trimmed = path.replace(/\/$/, '');
  if (['/readyz', '/livez', '/healthz'].includes(trimmed)) return 'ok';
  if (trimmed === '/version') {
    return { major: '1', minor: '36', gitVersion: 'v1.36.2', platform: 'linux/amd64' };
  }
  if (trimmed === '/api') return { kind: 'APIVersions', versions: ['v1'] };
  const groups = [...new Set(served.map(({ group }) => group))].filter((group) => group !== '');
  if (trimmed === '/apis') {
    return { kind: 'APIGroupList', apiVersion: 'v1', groups: groups.map((group) => groupOf(group, served)) };
  }
  const [, , group = '', version] = trimmed.split('/');
  if (trimmed === '/api/v1') return resourceList(served.filter((one) => one.group === ''));
  const inGroup = served.filter((one) => one.group === group);
  const inVersion = inGroup.filter((one) => one.version === version);
  if (version === undefined && inGroup.length > 0)
    return { kind: 'APIGroup', apiVersion: 'v1', ...groupOf(group, served) };
  if (inVersion.length === 0) throw noSuchPath();
  return resourceList(inVersion);
}

function groupOf(name: string, served: readonly Resource[]) {
  const versions = [...new Set(served.filter(({ group }) => group === name).map(({ version }) => version))].map(
    (version) => ({ groupVersion: `${name}/${version}`, version }),
  );
  return { name, versions, preferredVersion: versions[0] };
}

function resourceList(resources: readonly Resource[]) {
  const [first] = resources;
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: first && apiVersionOf(first),
    resources: resources.map(({ plural, kind, namespaced }) => ({
      name: plural,
      singularName: kind.toLowerCase(),
      namespaced,
      kind,
      verbs: ['create', 'delete', 'get', 'list', 'patch', 'watch'],
    })),
  };
}
