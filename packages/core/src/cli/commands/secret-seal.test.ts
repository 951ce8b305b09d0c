import { Readable } from 'node:stream';
import { newIdentity, pipelineText, teamText } from '@danube/test-support/config-sync-fixture.js';
import { parseFiles } from '@danube/test-support/config-file-fixture.js';
import { fakeTerminal } from '@danube/test-support/fake-terminal.js';
import { startLocalHttpServer, type LocalHttpServer } from '@danube/test-support/local-http-server.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readSealedPayload } from '../../domain/secret/sealed-payload.js';
import { runCli } from '../run-cli.js';

const identity = await newIdentity();
let requests: string[];
let server: LocalHttpServer;

beforeEach(async () => {
  requests = [];
  server = await startLocalHttpServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    response.end(JSON.stringify({ recipient: identity.recipient }));
  });
});
afterEach(() => server.close());

async function run(args: readonly string[], input = 'hunter2\n') {
  const env = { DANUBE_SERVER: server.url, DANUBE_TOKEN: 't' };
  const terminal = fakeTerminal({ env, in: Readable.from([input]) });
  const exitCode = await runCli(['secret', ...args], terminal);
  return { exitCode, stdout: terminal.stdout(), stderr: terminal.stderr() };
}

test('recipient prints the key of the server', async () => {
  expect(await run(['recipient'])).toEqual({ exitCode: 0, stdout: `${identity.recipient}\n`, stderr: '' });
});

test.each([
  ['the whole instance', [], { kind: 'global' }],
  ['a team', ['--team', 'platform'], { kind: 'team', team: 'platform' }],
  ['a pipeline', ['--pipeline', 'web'], { kind: 'pipeline', pipelineId: 'web' }],
] as const)('seal prints a document that the config repository takes, for %s', async (_case, options, scope) => {
  const { exitCode, stdout, stderr } = await run(['seal', 'TOKEN', ...options]);
  expect([exitCode, stderr]).toEqual([0, '']);
  const others = { 'teams.yaml': teamText('platform'), 'pipelines.yaml': pipelineText('web') };
  const [secret] = (await parseFiles({ ...others, 'secret.yaml': stdout })).secrets;
  expect(secret).toMatchObject({ name: 'TOKEN', scope });
  const payload = (await identity.open(secret?.sealed ?? '')) ?? '';
  expect(readSealedPayload(payload, 'TOKEN', scope)).toEqual({ value: 'hunter2' });
  expect(requests).toEqual(['GET /api/v1/secrets/recipient']);
});

test('with a recipient no server is asked', async () => {
  const { exitCode, stdout } = await run(['seal', 'TOKEN', '--recipient', identity.recipient]);
  expect([exitCode, stdout]).toEqual([0, expect.stringContaining('kind: Secret')]);
  expect(requests).toEqual([]);
});

test('a value that logs will show is warned about', async () => {
  expect((await run(['seal', 'PIN'], '123\n')).stderr).toMatch(/^warning: a value of less than 4 characters/);
});

test.each<[number, RegExp, readonly string[], string]>([
  [1, /the secret "TOKEN" is empty \(secret_value_invalid\)/, ['TOKEN'], ''],
  [1, /longer than 65536 bytes/, ['TOKEN'], 'x'.repeat(70_000)],
  [1, /not the recipient of an instance: .* \(recipient_invalid\)/, ['TOKEN', '--recipient', 'age1hunter2'], 'hunter2'],
  [2, /'bad name' is invalid .* write up to 200 letters/, ['bad name'], 'hunter2'],
  [2, /cannot be used with option '--pipeline <name>'/, ['A', '--team', 'a', '--pipeline', 'b'], 'hunter2'],
  [2, /too many arguments/, ['TOKEN', 'x'], 'hunter2'],
])('exit code %i: %s', async (exitCode, message, args, input) => {
  const outcome = await run(['seal', ...args], input);
  expect(outcome).toMatchObject({ exitCode, stdout: '', stderr: expect.stringMatching(message) as string });
  expect(outcome.stderr).not.toContain('hunter2');
});
