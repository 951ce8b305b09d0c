import { plain, egress, jobWith, type Wish, without } from '@danube/test-support/kubernetes/networked-job.js';
import { manifestProblems } from '@danube/test-support/kubernetes/manifest-problems.js';
import { expect, test } from 'vitest';
import { networkPolicy } from './network-policy.js';

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
