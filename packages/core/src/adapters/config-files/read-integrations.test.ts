import { formatProblem } from '@danube/core/domain/config/format-problem.js';
import { parseFiles, problemsOf, toFiles } from '@danube/test-support/config-file-fixture.js';
import { expect, test } from 'vitest';
import { ConfigFileParser } from './config-file-parser.js';

test('the keys of Danube are taken out of each entry and all others are left to its type', async () => {
  const { settings } = await parseFiles({
    'config.yaml': `plugins:
  - package: "@danube/plugin-github"
  - {package: danube-plugin-x, optional: true}
forges:
  - {type: github, webhook_secret: hook, url: "https://github.example.com", retries: 3}
  - {type: github, name: other}
git_authentication:
  - {type: github_app, match_patterns: ["github.com/**"], app_id: 7}
notifiers: [{type: slack, channel: {id: "#builds"}}]
storage: [{type: s3, name: results}]
`,
  });
  expect(settings.integrations).toEqual({
    plugins: [
      { package: '@danube/plugin-github', optional: false },
      { package: 'danube-plugin-x', optional: true },
    ],
    forges: [
      {
        type: 'github',
        name: 'github',
        webhookSecret: 'hook',
        config: { url: 'https://github.example.com', retries: 3 },
      },
      { type: 'github', name: 'other', webhookSecret: undefined, config: {} },
    ],
    gitAuthMethods: [
      { type: 'github_app', name: 'github_app', matchPatterns: ['github.com/**'], config: { app_id: 7 } },
    ],
    notifiers: [{ type: 'slack', name: 'slack', config: { channel: { id: '#builds' } } }],
    builders: [],
    storages: [{ type: 's3', name: 'results', config: {} }],
  });
});

test.each([
  ['plugins: [{package: ../evil}]', /^config.yaml:1:21: plugins\[0\].package: "..\/evil" is not accepted/],
  ['plugins: [{package: /opt/plugin}]', /the name of an npm package/],
  ['plugins: [{package: "@danube/.."}]', /the name of an npm package/],
  ['plugins: [{package: x, optionl: true}]', /unknown key "optionl" \(did you mean "optional"\?\)/],
  ['forges: [{name: x}]', /^config.yaml:1:10: forges\[0\]: "type" is missing/],
  ['forges: [{type: GitHub}]', /^config.yaml:1:17: forges\[0\].type: "GitHub" is not accepted/],
  ['git_authentication: [{type: x}]', /"match_patterns" is missing/],
  ['forge: []', /unknown key "forge" \(did you mean "forges"\?\)/],
])('%s is refused with its place', async (text, problem) => {
  expect(await problemsOf({ 'config.yaml': text })).toEqual([expect.stringMatching(problem)]);
});

const never = new AbortController().signal;
const problem = { path: ['forges', 0, 'retries'], message: 'no', suggestion: undefined };

test.each([
  ['config.yaml', 'forges:\n- type: x\n  retries: 3\n', 'config.yaml:3:12: forges[0].retries: no', 'config.yaml:3:3'],
  [
    'anywhere.json',
    '{"apiVersion": "danube.dev/v1", "kind": "Config",\n"spec": {"forges": [{"type": "x", "retries": 3}]}}',
    'anywhere.json:2:46: spec.forges[0].retries: no',
    'anywhere.json:2:35',
  ],
])('the place of a later problem is found in %s', async (file, text, atValue, atKey) => {
  const result = await new ConfigFileParser().parse(toFiles({ [file]: text }), never);
  if (result.kind === 'invalid') throw new Error(result.problems.map(formatProblem).join('\n'));
  expect(formatProblem(result.locate({ ...problem, atKey: false }))).toBe(atValue);
  expect(formatProblem(result.locate({ ...problem, atKey: true }))).toMatch(new RegExp(`^${atKey}: `));
});
