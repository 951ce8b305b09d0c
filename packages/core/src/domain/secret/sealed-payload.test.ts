import { expect, test } from 'vitest';
import { readSealedPayload, sealedPayload } from './sealed-payload.js';
import type { SecretScope } from './secret-record.js';

const global = { kind: 'global' } as const;
const team = { kind: 'team', team: 'web' } as const;
const pipeline = { kind: 'pipeline', pipelineId: 'web' } as const;

test.each<SecretScope>([global, team, pipeline])('a value comes back for its own name and scope: %j', (scope) => {
  const value = '{"name": "é"}\n\u0000';
  expect(readSealedPayload(sealedPayload('TOKEN', scope, value), 'TOKEN', scope)).toEqual({ value });
});

test.each<[string, SecretScope, SecretScope]>([
  ['token', team, team],
  ['TOKEN2', team, team],
  ['TOKEN', team, pipeline],
  ['TOKEN', pipeline, team],
  ['TOKEN', team, global],
  ['TOKEN', global, pipeline],
  ['TOKEN', team, { kind: 'team', team: 'web2' }],
])('in a document of %s it is refused, sealed for %j and put at %j', (name, sealedFor, scope) => {
  const outcome = readSealedPayload(sealedPayload('TOKEN', sealedFor, 'hunter2'), name, scope);
  expect(outcome).toEqual({
    problem: expect.stringMatching(/^was sealed for "TOKEN" of .* the document of /) as string,
  });
  expect(JSON.stringify(outcome)).not.toContain('hunter2');
});

test.each([
  ['hunter2', /^does not say what it was sealed for$/],
  ['"hunter2"', /does not say/],
  ['null', /does not say/],
  ['["TOKEN", "hunter2"]', /does not say/],
  ['{"value": "hunter2"}', /does not say/],
  ['{"name": "TOKEN", "value": 7}', /does not say/],
  ['{"name": "TOKEN", "value": "x", "team": ["web"]}', /does not say/],
  [JSON.stringify({ name: 'TOKEN', value: 'x', team: 'a'.repeat(101) }), /does not say/],
  ['{"name": "TOKEN", "value": "x", "team": "web", "pipeline": "web"}', /does not say/],
  ['{"name": "TOKEN", "value": ""}', /^holds a value that is empty$/],
  [JSON.stringify({ name: 'TOKEN', value: 'x'.repeat(65_537) }), /65536 are accepted/],
])('text %# is no value for a secret', (text, problem) => {
  expect(readSealedPayload(text, 'TOKEN', global)).toEqual({ problem: expect.stringMatching(problem) as string });
});
