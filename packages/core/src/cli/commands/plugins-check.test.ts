import { fakeTerminal } from '@danube/test-support/fake-terminal.js';
import { expect, test } from 'vitest';
import { runCli } from '../run-cli.js';

test.each(['/nowhere', new URL(import.meta.url).pathname])('%s is no data directory, which is said', async (folder) => {
  const terminal = fakeTerminal();
  expect(await runCli(['plugins', 'check', '--data-dir', folder], terminal)).toBe(1);
  expect(terminal.stdout()).toBe('');
  expect(terminal.stderr()).toBe(
    `error: ${folder} is no directory; name the data_dir of a server (data_dir_unusable)\n`,
  );
});
