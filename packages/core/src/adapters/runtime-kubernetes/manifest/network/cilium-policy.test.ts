import { cilium, egress, jobWith, type Wish, without } from '@danube/test-support/kubernetes/networked-job.js';
import { expect, test } from 'vitest';
import { networkPolicy } from './network-policy.js';

const tcp = (...ports: number[]) => [{ ports: ports.map((port) => ({ port: String(port), protocol: 'TCP' })) }];
const endpoints = (namespace: string, labels = {}) => [
  { matchLabels: { 'k8s:io.kubernetes.pod.namespace': namespace, ...labels } },
];

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
