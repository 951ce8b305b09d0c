import { parseFiles, pipelineYaml, problemsOf, teamYaml } from '@danube/test-support/config-file-fixture.js';
import { expect, test } from 'vitest';
import { renderSecretDocument } from './render-secret-document.js';
import { sealedSecret } from '../../domain/secret/sealed-secret.js';
import type { SecretScope } from '../../domain/secret/secret-record.js';

const sealed = '-----BEGIN AGE ENCRYPTED FILE-----\nYWdlLWVuY3J5cHRpb24=\n-----END AGE ENCRYPTED FILE-----\n';
const others = { 'teams.yaml': teamYaml, 'pipelines/web.yaml': pipelineYaml('') };
const head = 'apiVersion: danube.dev/v1\nkind: Secret\nmetadata: {name: TOKEN}\nspec:\n';
const text = `  sealed: |\n${sealed.replace(/^(?=.)/gm, '    ')}`;

test.each<[string, SecretScope]>([
  ['TOKEN', { kind: 'global' }],
  ['123', { kind: 'team', team: 'platform' }],
  ['null', { kind: 'pipeline', pipelineId: 'web' }],
  ['1e3', { kind: 'global' }],
  ['a.b-c_D', { kind: 'global' }],
])('what is printed for %s is read as it was', async (name, scope) => {
  const secret = sealedSecret(name, scope, sealed);
  const { secrets } = await parseFiles({ ...others, 's.yaml': renderSecretDocument(secret) });
  expect(secrets).toEqual([secret]);
});

test('one name may stand once for each owner', async () => {
  const documents = ['', '  team: platform\n', '  pipeline: web\n'].map((owner) => `${head}${owner}${text}`);
  expect((await parseFiles({ ...others, 's.yaml': documents.join('---\n') })).secrets).toHaveLength(3);
  expect(await problemsOf({ ...others, 's.yaml': `${documents[1]}---\n${documents[1]}` })).toEqual([
    's.yaml:13:18: metadata.name: Secret "TOKEN of team platform" is defined twice, first at s.yaml:3:18 (remove or rename one of the two)',
  ]);
});

const keeps = 'and replace the value where it came from: the repository keeps it)';

test.each<[string, string, string]>([
  [
    'a value in plain text',
    '  value: hunter2\n',
    `5:3: spec.value: a secret in plain text is refused (write what "danube secret seal TOKEN" prints, ${keeps}`,
  ],
  [
    'a plain text beside a sealed one',
    `  pipeline: web\n  value: hunter2\n${text}`,
    `6:3: spec.value: a secret in plain text is refused (write what "danube secret seal TOKEN --pipeline web" prints, ${keeps}`,
  ],
  [
    'a list in plain text',
    '  team: platform\n  value: [hunter2]\n',
    '6:3: spec.value: a secret in plain text is refused',
  ],
  [
    'a plain text as sealed',
    '  sealed: hunter2\n',
    '5:11: spec.sealed: this value is not accepted: it is no age file in text form, from "-----BEGIN',
  ],
  ['a number as sealed', '  sealed: 1234567\n', '5:11: spec.sealed: must be text'],
  ['a mapping as sealed', '  sealed: {value: hunter2}\n', '5:11: spec.sealed: must be text'],
  ['more than an age file', `${text}    hunter2\n`, '6:1: spec.sealed: this value is not accepted: it is no age file'],
  ['a text without end', `  sealed: "${'x'.repeat(655_361)}"\n`, 'it has 655361 characters; 655360 are accepted'],
  ['an unknown key', '  vlaue: hunter2\n', '5:3: spec.vlaue: unknown key "vlaue"'],
  [
    'two owners',
    `  team: platform\n  pipeline: web\n${text}`,
    'spec: "team" and "pipeline" exclude each other (keep one of them)',
  ],
  [
    'an unknown team',
    `  team: platfrom\n${text}`,
    '5:9: spec.team: there is no Team "platfrom" (did you mean "platform"?)',
  ],
  [
    'an unknown pipeline',
    `  pipeline: webb\n${text}`,
    '5:13: spec.pipeline: there is no Pipeline "webb" (did you mean "web"?)',
  ],
  ['nothing sealed', '  team: platform\n', '4:1: spec: "sealed" is missing'],
])('%s is refused, and what may be a secret is not repeated', async (_case, spec, expected) => {
  const found = await problemsOf({ ...others, 's.yaml': head + spec });
  expect(found.join('\n')).toContain(expected);
  expect(found.join('\n')).not.toMatch(/hunter2|1234567/);
});

test('a suggested command has nothing in it that a shell would run', async () => {
  const names = '{name: "A; reboot"}';
  const spec = '  team: "$(reboot)"\n  value: hunter2\n';
  const found = await problemsOf({ ...others, 's.yaml': head.replace('{name: TOKEN}', names) + spec });
  expect(found).toEqual([expect.stringContaining('(write what "danube secret seal NAME" prints,')]);
});

test('a name that no secret can have is refused', async () => {
  const found = await problemsOf({ ...others, 's.yaml': `${head.replace('TOKEN', '../x')}${text}` });
  expect(found).toEqual([
    expect.stringMatching(/^s.yaml:3:18: metadata.name: "..\/x" is not accepted \(accepted: up to 200/),
  ]);
});
