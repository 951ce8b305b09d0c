import { pipelineYaml, problemsOf, teamYaml, toFiles } from '@danube/test-support/config-file-fixture.js';
import { expect, test } from 'vitest';
import { formatProblem } from '../../domain/config/format-problem.js';
import { maxConfigFileBytes } from '../../services/ports/config-source.js';
import { ConfigFileParser } from './config-file-parser.js';

const never = new AbortController().signal;

test('a team that is not there is named with a suggestion, in the right place', async () => {
  expect(
    await problemsOf({
      'pipelines/web.yaml': pipelineYaml('').replace('platform', 'platfrom'),
      'teams.yaml': teamYaml,
    }),
  ).toEqual(['pipelines/web.yaml:6:9: spec.team: there is no Team "platfrom" (did you mean "platform"?)']);
  expect(await problemsOf({ 'pipelines/web.yaml': pipelineYaml('') })).toEqual([
    'pipelines/web.yaml:6:9: spec.team: there is no Team "platform" (add a document with kind: Team and that name)',
  ]);
  expect(await problemsOf({ 'teams.yaml': teamYaml.replace('{}', '{members: [ann, bob]}') })).toEqual([
    'teams.yaml:4:18: spec.members[0]: there is no User "ann" (add a document with kind: User and that name)',
    'teams.yaml:4:23: spec.members[1]: there is no User "bob" (add a document with kind: User and that name)',
  ]);
});

test('what refers to a broken document or to an unreadable file is not reported on top', async () => {
  expect(
    await problemsOf({ 'teams.yaml': teamYaml.replace('{}', '{x: 1}'), 'pipelines/web.yaml': pipelineYaml('') }),
  ).toHaveLength(1);
  expect(await problemsOf({ 'teams.yaml': 'a: [', 'pipelines/web.yaml': pipelineYaml('') })).toHaveLength(1);
});

test('duplicates name both places', async () => {
  const user = (name: string, rest: string) =>
    `apiVersion: danube.dev/v1\nkind: User\nmetadata: {name: ${name}}\nspec: {email: A@example.com${rest}}\n`;
  expect(
    await problemsOf({
      'config.yaml': 'jobs: {}',
      'other.yaml': 'apiVersion: danube.dev/v1\nkind: Config\nspec: {}\n',
      'teams.yaml': `${teamYaml}---\n${teamYaml}`,
      'users.yaml': `${user('ann', ', oidc_subject: s')}---\n${user('bob', ', oidc_subject: s').replace('A@', 'a@')}`,
    }),
  ).toEqual([
    'other.yaml:1:1: the instance settings are defined twice, first at config.yaml:1:1 (remove or rename one of the two)',
    'teams.yaml:8:18: metadata.name: Team "platform" is defined twice, first at teams.yaml:3:18 (remove or rename one of the two)',
    'users.yaml:9:15: spec.email: the email address of user "bob" is defined twice, first at users.yaml:4:15 (remove or rename one of the two)',
    'users.yaml:9:44: spec.oidc_subject: the OpenID Connect subject of user "bob" is defined twice, first at users.yaml:4:44 (remove or rename one of the two)',
  ]);
});

test('all problems of all files are told, by file and line', async () => {
  const found = await problemsOf({
    'teams.yaml': teamYaml,
    'pipelines/b.yaml': pipelineYaml('  x: 1\n  y: 2\n', 'b'),
    'pipelines/a.yaml': 'a: [',
    'config.yaml': 'job: {max: 1}\n',
  });
  expect(found.map((line) => line.split(': ')[0])).toEqual([
    'config.yaml:1:1',
    expect.stringMatching(/^pipelines\/a.yaml/),
    'pipelines/b.yaml:8:3',
    'pipelines/b.yaml:9:3',
  ]);
});

test('a file above the limit is told the limit', async () => {
  const files = [{ path: 'pipelines/big.yaml', text: '', size: maxConfigFileBytes + 1, blobId: '1' }];
  const result = await new ConfigFileParser().parse(files, never);
  expect(result.kind === 'invalid' && result.problems.map(formatProblem)).toEqual([
    'pipelines/big.yaml:1:1: the file has 1048577 bytes; at most 1048576 are read (split it)',
  ]);
});

test('unchanged files are not parsed again, but references are always checked', async () => {
  const parser = new ConfigFileParser();
  const files = toFiles({ 'teams.yaml': teamYaml, 'pipelines/web.yaml': pipelineYaml('') });
  await parser.parse(files, never);
  const unread = files.map((file) => ({
    ...file,
    get text(): string {
      throw new Error('parsed again');
    },
  }));
  expect((await parser.parse(unread, never)).kind).toBe('valid');
  const withoutTeam = await parser.parse(unread.slice(1), never);
  expect(withoutTeam.kind).toBe('invalid');
});
