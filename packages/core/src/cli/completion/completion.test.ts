import { execFileSync } from 'node:child_process';
import { fakeTerminal } from '@danube/test-support/fake-terminal.js';
import { startLocalHttpServer } from '@danube/test-support/local-http-server.js';
import { expect, onTestFinished, test } from 'vitest';
import { runCli } from '../run-cli.js';

async function complete(words: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const terminal = fakeTerminal({ env });
  expect(await runCli(['complete', '--', ...words], terminal)).toBe(0);
  expect(terminal.stderr()).toBe('');
  return terminal.stdout().split('\n').filter(Boolean);
}

test.each([
  [['jo'], ['jobs']],
  [['jobs', 'c'], ['cancel']],
  [['jobs', 'list', '--st'], ['--status']],
  [['jobs', 'list', '--status', 'sch'], ['scheduling']],
  [['jobs', 'list', '--status', 'success', '--j'], ['--json']],
  [
    ['completion', ''],
    ['bash', 'zsh', 'fish'],
  ],
  [['init-config', ''], []],
  [['nonsense', 'x'], []],
])('%j may become %j', async (words, expected) => {
  expect(await complete(words)).toEqual(expected);
});

test('names of jobs, pipelines and secrets are asked from the server', async () => {
  const server = await startLocalHttpServer((request, response) => {
    const jobs = [12, 11].map((number) => ({ pipeline: 'build', number }));
    const secrets = [{ name: 'TOKEN' }, { name: 'TOKEN', team: 'platform' }];
    const others = request.url === '/api/v1/secrets' ? secrets : [{ name: 'build' }, { name: 'docs' }];
    const items = request.url?.startsWith('/api/v1/jobs') ? jobs : others;
    response.end(JSON.stringify({ items }));
  });
  onTestFinished(() => server.close());
  const env = { DANUBE_SERVER: server.url };
  expect(await complete(['jobs', 'show', 'bu'], env)).toEqual(['build#12', 'build#11']);
  expect(await complete(['jobs', 'trigger', ''], env)).toEqual(['build', 'docs']);
  expect(await complete(['jobs', 'list', '--pipeline', 'd'], env)).toEqual(['docs']);
  expect(await complete(['secret', 'set', ''], env)).toEqual(['TOKEN']);
  expect(await complete(['secret', 'list', '--pipeline', 'd'], env)).toEqual(['docs']);
  // the first argument is there already
  expect(await complete(['jobs', 'show', 'build#12', ''], env)).toEqual([]);
});

test('without a server there are no names and no error', async () => {
  expect(await complete(['jobs', 'show', ''], { DANUBE_SERVER: 'http://127.0.0.1:9' })).toEqual([]);
});

test('the bash script completes through danube itself', async () => {
  const terminal = fakeTerminal();
  await runCli(['completion', 'bash'], terminal);
  const session = `
    danube() { printf '%s\\n' "$@"; }
    ${terminal.stdout()}
    COMP_WORDS=(danube jobs sh) COMP_CWORD=2
    _danube
    printf '%s\\n' "\${COMPREPLY[@]}"
  `;
  expect(execFileSync('bash', ['-c', session], { encoding: 'utf8' })).toBe('complete\n--\njobs\nsh\n');
});
