import { readFileSync } from 'node:fs';
import { fakeTerminal } from '@danube/test-support/fake-terminal.js';
import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { createProgram } from './program.js';

function leaves(command: Command, path: string): string[] {
  if (command.commands.length === 0) return [path];
  return command.commands.flatMap((inner) => leaves(inner, `${path} ${inner.name()}`));
}

test('docs/cli.md lists every command, and no other', () => {
  const text = readFileSync(new URL('../../../../docs/cli.md', import.meta.url), 'utf8');
  const listed = [...text.matchAll(/^\| `(danube [a-z -]*[a-z])(?: \[?[A-Z]+\]?)*` /gm)].map((match) => match[1]);
  const program = createProgram({ terminal: fakeTerminal(), fail: () => undefined }, '0');
  const commands = leaves(program, 'danube').filter((path) => path !== 'danube complete');
  expect(listed.sort()).toEqual(commands.sort());
});
