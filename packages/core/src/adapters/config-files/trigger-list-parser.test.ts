import { expect, test } from 'vitest';
import { TriggerListParser } from './trigger-list-parser.js';

const parser = new TriggerListParser();

test('reads every kind of trigger with its defaults', async () => {
  const list = [
    { type: 'push', branches: ['main', '!x'], paths: ['api/**'] },
    { type: 'push', tags: ['v*'] },
    { type: 'push' },
    { type: 'pull_request', forks: 'without_secrets', paths_ignore: ['docs/**'] },
    { type: 'cron', schedule: ' 0  3 * * mon ', catch_up: 'none' },
    { type: 'manual' },
  ];
  const none = { paths: [], pathsIgnore: [] };
  expect(await parser.parse(list)).toEqual({
    kind: 'valid',
    triggers: [
      { type: 'push', branches: ['main', '!x'], tags: [], paths: ['api/**'], pathsIgnore: [] },
      { type: 'push', branches: [], tags: ['v*'], ...none },
      { type: 'push', branches: ['**'], tags: [], ...none },
      { type: 'pull_request', branches: ['**'], forks: 'without_secrets', paths: [], pathsIgnore: ['docs/**'] },
      { type: 'cron', schedule: '0 3 * * mon', catchUp: 'none', skipIfRunning: true },
      { type: 'manual' },
    ],
  });
});

test.each<[unknown, string]>([
  ['push', ': must be a list, not the string "push" | write [push]'],
  [['push'], '0: must be a mapping, not the string "push" | write {"type": "push"}'],
  [[{}], '0: "type" is missing | undefined'],
  [[{ type: 'pull' }], '0.type: "pull" is not accepted | accepted: push, pull_request, cron, manual'],
  [[{ type: 'push', branch: ['x'] }], '0.branch: unknown key "branch" | did you mean "branches"?'],
  [[{ type: 'push', branches: ['a', '/b'] }], '0.branches.1: "/b" is not accepted: it begins or ends with "/"'],
  [[{ type: 'push', paths: [''] }], '0.paths.0: "" is not accepted: it is empty'],
  [[{ type: 'cron' }], '0: "schedule" is missing'],
  [[{ type: 'cron', schedule: '0 0 31 2 *' }], '0.schedule: "0 0 31 2 *" is not accepted: that time never comes'],
  [[{ type: 'cron', schedule: '@daily' }], '0.schedule: "@daily" is not accepted: a schedule has five fields'],
  [[{ type: 'cron', schedule: 5 }], '0.schedule: must be text, not the number 5'],
  [Array(101).fill({ type: 'manual' }), ': must NOT have more than 100 items'],
])('%j has one problem: %s', async (list, expected) => {
  const result = await parser.parse(list);
  if (result.kind === 'valid') throw new Error('it has been accepted');
  expect(result.problems).toHaveLength(1);
  const [{ path, message, suggestion } = expect.fail()] = result.problems;
  expect(`${path.join('.')}: ${message} | ${suggestion}`).toContain(expected);
});
