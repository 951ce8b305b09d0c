import { sampleJobSpec } from '@danube/test-support/job-spec-sample.js';
import { manifestProblems } from '@danube/test-support/kubernetes/manifest-problems.js';
import { describe, expect, test } from 'vitest';
import type { Egress } from '../../../../domain/kubernetes/egress.js';
import { namesToResolve, type NetworkedJob } from './job-destinations.js';
import { networkPolicy, type NetworkSettings } from './network-policy.js';

const plain: NetworkSettings = {
  namespace: 'danube-jobs',
  systemNamespace: 'danube-system',
  instanceId: 'ci',
  cilium: false,
  resolved: {},
};
const cilium: NetworkSettings = { ...plain, cilium: true };

interface Wish extends Partial<Egress> {
  readonly allowAll?: boolean;
  readonly repository?: string;
  readonly rpcUrl?: string;
  readonly grpcAddress?: string;
}

function jobWith({
  repository = '/srv/web',
  rpcUrl,
  grpcAddress,
  allowAll = false,
  hosts = [],
  cidrs = [],
}: Wish): NetworkedJob {
  const sample = sampleJobSpec();
  return {
    ...sample,
    source: { ...sample.source, repositoryUrl: repository },
    connection: {
      ...sample.connection,
      ...(rpcUrl === undefined ? {} : { rpcUrl }),
      ...(grpcAddress === undefined ? {} : { grpcAddress }),
    },
    pod: { ...sample.pod, egress: { allowAll, hosts, cidrs } },
  };
}

/** The egress rules that come after DNS, the master and the registry of the cluster. */
function egress(wish: Wish, settings: NetworkSettings): readonly unknown[] {
  return networkPolicy(jobWith(wish), settings).policy.spec['egress'] as unknown[];
}

const without = (rules: readonly unknown[], usual: readonly unknown[]) => {
  const known = usual.map((rule) => JSON.stringify(rule));
  return rules.filter((rule) => !known.includes(JSON.stringify(rule)));
};

const tcp = (...ports: number[]) => [{ ports: ports.map((port) => ({ port: String(port), protocol: 'TCP' })) }];
const endpoints = (namespace: string, labels = {}) => [
  { matchLabels: { 'k8s:io.kubernetes.pod.namespace': namespace, ...labels } },
];

describe('with Cilium', () => {
  const usual = egress({}, cilium);
  const added = (wish: Wish) => without(egress(wish, cilium), usual);

  test('a job reaches DNS, its master and the registry, and nothing reaches it', () => {
    const { policy, notEnforced } = networkPolicy(jobWith({}), cilium);
    const dns = [{ ports: [{ port: '53', protocol: 'ANY' }], rules: { dns: [{ matchPattern: '*' }] } }];
    expect(notEnforced).toEqual([]);
    expect(policy).toEqual({
      apiVersion: 'cilium.io/v2',
      kind: 'CiliumNetworkPolicy',
      metadata: {
        name: 'danube-job-0199d3a4-7c1e-7b1a-9f00-3d6c5a8e1b2f',
        namespace: 'danube-jobs',
        labels: {
          'danube.dev/job-id': '0199d3a4-7c1e-7b1a-9f00-3d6c5a8e1b2f',
          'danube.dev/pipeline': 'web',
          'danube.dev/team': 'platform',
          'danube.dev/instance': 'ci',
          'app.kubernetes.io/managed-by': 'danube',
        },
      },
      spec: {
        endpointSelector: { matchLabels: { 'danube.dev/job-id': '0199d3a4-7c1e-7b1a-9f00-3d6c5a8e1b2f' } },
        ingress: [{}],
        egress: [
          {
            toEndpoints: [
              ...endpoints('kube-system', { 'k8s-app': 'kube-dns' }),
              ...endpoints('kube-system', { 'k8s-app': 'node-local-dns' }),
            ],
            toPorts: dns,
          },
          { toCIDR: ['169.254.20.10/32'], toPorts: dns },
          { toEndpoints: endpoints('danube-system', { 'app.kubernetes.io/name': 'danube' }), toPorts: tcp(9000) },
          { toEndpoints: endpoints('danube-system', { 'app.kubernetes.io/name': 'danube' }), toPorts: tcp(9090) },
          { toEndpoints: endpoints('danube-system', { 'app.kubernetes.io/name': 'registry' }), toPorts: tcp(5000) },
        ],
      },
    });
  });

  test.each<[string, Wish, readonly unknown[]]>([
    [
      'a repository by name',
      { repository: 'https://git.example.org/web.git' },
      [{ toFQDNs: [{ matchName: 'git.example.org' }], toPorts: tcp(443) }],
    ],
    [
      'a repository over ssh with a port',
      { repository: 'ssh://git@Git.example.org:2222/web.git' },
      [{ toFQDNs: [{ matchName: 'git.example.org' }], toPorts: tcp(2222) }],
    ],
    [
      'a repository as ssh writes it',
      { repository: 'git@git.example.org:web.git' },
      [{ toFQDNs: [{ matchName: 'git.example.org' }], toPorts: tcp(22) }],
    ],
    [
      'a repository by address',
      { repository: 'http://10.1.2.3/web.git' },
      [{ toCIDR: ['10.1.2.3/32'], toPorts: tcp(80) }],
    ],
    [
      'a repository by IPv6 address',
      { repository: 'https://[fd00::1]:8443/web.git' },
      [{ toCIDR: ['fd00::1/128'], toPorts: tcp(8443) }],
    ],
    [
      'a repository of a service',
      { repository: 'http://gitea.tools.svc:3000/web.git' },
      [{ toEndpoints: endpoints('tools') }],
    ],
    [
      'a repository of a service with the domain of the cluster',
      { repository: 'http://gitea.tools.svc.cluster.local/web.git' },
      [{ toEndpoints: endpoints('tools') }],
    ],
    [
      'a repository of a service nearby',
      { repository: 'http://gitea/web.git' },
      [{ toEndpoints: endpoints('danube-jobs') }],
    ],
    [
      'names and patterns',
      {
        hosts: [
          { host: 'pypi.org', ports: [443] },
          { host: '*.example.com', ports: [80, 443] },
          { host: '*', ports: [53] },
        ],
      },
      [
        { toFQDNs: [{ matchName: 'pypi.org' }], toPorts: tcp(443) },
        { toFQDNs: [{ matchPattern: '*.example.com' }], toPorts: tcp(80, 443) },
        { toFQDNs: [{ matchPattern: '*' }], toPorts: tcp(53) },
      ],
    ],
    [
      'a service among the names',
      { hosts: [{ host: 'registry.danube-system', ports: [443] }] },
      [{ toEndpoints: endpoints('danube-system') }],
    ],
    ['networks', { cidrs: [{ cidr: '10.0.0.0/8', ports: [5432] }] }, [{ toCIDR: ['10.0.0.0/8'], toPorts: tcp(5432) }]],
    [
      'a master at an address, which may be a node',
      { rpcUrl: 'http://192.168.1.5:9000', grpcAddress: '192.168.1.5:9090' },
      [
        { toCIDR: ['192.168.1.5/32'], toPorts: tcp(9000) },
        { toCIDR: ['192.168.1.5/32'], toPorts: tcp(9090) },
        { toEntities: ['host', 'remote-node'], toPorts: tcp(9000, 9090) },
      ],
    ],
    [
      'a master by name and without gRPC',
      { rpcUrl: 'https://ci.example.org', grpcAddress: '' },
      [
        { toFQDNs: [{ matchName: 'ci.example.org' }], toPorts: tcp(443) },
        { toEntities: ['host', 'remote-node'], toPorts: tcp(443) },
      ],
    ],
    [
      'everything',
      { allowAll: true, hosts: [{ host: 'pypi.org', ports: [443] }] },
      [
        { toEntities: ['cluster'] },
        {
          toCIDRSet: [
            { cidr: '0.0.0.0/0', except: ['169.254.0.0/16', '100.100.100.200/32', '168.63.129.16/32'] },
            { cidr: '::/0', except: ['fe80::/10', 'fd00:ec2::254/128'] },
          ],
        },
      ],
    ],
  ])('it may reach %s', (_name, wish, expected) => {
    expect(added(wish)).toEqual(expected);
  });
});

describe('without Cilium', () => {
  const usual = egress({}, plain);
  const added = (wish: Wish, settings = plain) => without(egress(wish, settings), usual);
  const ports = (...numbers: number[]) => numbers.map((port) => ({ protocol: 'TCP', port }));
  const pods = (namespace: string, labels = {}) => ({
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
    podSelector: { matchLabels: labels },
  });
  const publicInternet = [
    {
      ipBlock: {
        cidr: '0.0.0.0/0',
        except: [
          '10.0.0.0/8',
          '100.64.0.0/10',
          '127.0.0.0/8',
          '168.63.129.16/32',
          '169.254.0.0/16',
          '172.16.0.0/12',
          '192.168.0.0/16',
        ],
      },
    },
    { ipBlock: { cidr: '::/0', except: ['::1/128', 'fc00::/7', 'fe80::/10'] } },
  ];
  const pypi = { hosts: [{ host: 'pypi.org', ports: [443] }] };

  test('a job reaches DNS, its master and the registry, and nothing reaches it', () => {
    const { policy, notEnforced } = networkPolicy(jobWith({}), plain);
    expect(notEnforced).toEqual([]);
    expect(policy).toMatchObject({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' });
    expect(policy.spec).toEqual({
      podSelector: { matchLabels: { 'danube.dev/job-id': '0199d3a4-7c1e-7b1a-9f00-3d6c5a8e1b2f' } },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [],
      egress: [
        {
          to: [
            pods('kube-system', { 'k8s-app': 'kube-dns' }),
            pods('kube-system', { 'k8s-app': 'node-local-dns' }),
            { ipBlock: { cidr: '169.254.20.10/32' } },
          ],
          ports: [
            { protocol: 'UDP', port: 53 },
            { protocol: 'TCP', port: 53 },
          ],
        },
        { to: [pods('danube-system', { 'app.kubernetes.io/name': 'danube' })], ports: ports(9000) },
        { to: [pods('danube-system', { 'app.kubernetes.io/name': 'danube' })], ports: ports(9090) },
        { to: [pods('danube-system', { 'app.kubernetes.io/name': 'registry' })], ports: ports(5000) },
      ],
    });
  });

  test.each<[string, Wish, readonly unknown[]]>([
    [
      'a repository by address',
      { repository: 'http://10.1.2.3/w' },
      [{ to: [{ ipBlock: { cidr: '10.1.2.3/32' } }], ports: ports(80) }],
    ],
    ['a repository of a service', { repository: 'http://gitea.tools.svc:3000/w' }, [{ to: [pods('tools')] }]],
    ['the public internet for a name', pypi, [{ to: publicInternet, ports: ports(443) }]],
    [
      'networks',
      { cidrs: [{ cidr: 'fd00::/8', ports: [22, 80] }] },
      [{ to: [{ ipBlock: { cidr: 'fd00::/8' } }], ports: ports(22, 80) }],
    ],
    [
      'everything but what gives credentials to machines',
      { allowAll: true },
      [
        {
          to: [
            { namespaceSelector: {} },
            {
              ipBlock: {
                cidr: '0.0.0.0/0',
                except: ['169.254.0.0/16', '100.100.100.200/32', '168.63.129.16/32'],
              },
            },
            { ipBlock: { cidr: '::/0', except: ['fe80::/10', 'fd00:ec2::254/128'] } },
          ],
        },
      ],
    ],
  ])('it may reach %s', (_name, wish, expected) => {
    expect(added(wish)).toEqual(expected);
    expect(manifestProblems('NetworkPolicy', networkPolicy(jobWith(wish), plain).policy)).toEqual([]);
  });

  test('a name that leads to private addresses is restricted to them', () => {
    const settings = { ...plain, resolved: { 'pypi.org': ['10.7.0.1/32', '10.7.0.2/32'] } };
    expect(added(pypi, settings)).toEqual([
      { to: [{ ipBlock: { cidr: '10.7.0.1/32' } }, { ipBlock: { cidr: '10.7.0.2/32' } }], ports: ports(443) },
    ]);
    expect(networkPolicy(jobWith(pypi), settings).notEnforced).toEqual([]);
    // an empty list of peers would let it go everywhere
    expect(added(pypi, { ...plain, resolved: { 'pypi.org': [] } })).toEqual(added(pypi));
  });

  test('it is said what is not restricted', () => {
    const wish = { ...pypi, repository: 'ssh://git@git.example.org/web.git' };
    expect(networkPolicy(jobWith(wish), plain).notEnforced).toEqual([
      'the cluster has no Cilium, and a NetworkPolicy knows no names: instead of git.example.org, pypi.org only, the job may reach every public address on port 22, 443',
    ]);
    expect(networkPolicy(jobWith({ ...wish, allowAll: true }), plain).notEnforced).toEqual([]);
  });
});

test('the names to look up are those outside of the cluster, each once, and no patterns', () => {
  const hosts = ['pypi.org', 'pypi.org', '*.example.com', 'db.tools.svc'].map((host) => ({ host, ports: [443] }));
  const wish = { hosts, repository: 'https://git.example.org/w', rpcUrl: 'http://ci.example.org:9000' };
  expect(namesToResolve(jobWith(wish), plain)).toEqual(['ci.example.org', 'git.example.org', 'pypi.org']);
  expect(namesToResolve(jobWith({ ...wish, allowAll: true }), plain)).toEqual([]);
});
