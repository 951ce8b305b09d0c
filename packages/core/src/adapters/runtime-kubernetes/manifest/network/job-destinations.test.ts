import { jobWith, plain } from '@danube/test-support/kubernetes/networked-job.js';
import { expect, test } from 'vitest';
import { namesToResolve } from './job-destinations.js';

test('the names to look up are those outside of the cluster, each once, and no patterns', () => {
  const hosts = ['pypi.org', 'pypi.org', '*.example.com', 'db.tools.svc'].map((host) => ({ host, ports: [443] }));
  const wish = { hosts, repository: 'https://git.example.org/w', rpcUrl: 'http://ci.example.org:9000' };
  expect(namesToResolve(jobWith(wish), plain)).toEqual(['ci.example.org', 'git.example.org', 'pypi.org']);
  expect(namesToResolve(jobWith({ ...wish, allowAll: true }), plain)).toEqual([]);
});
