import { expect, test } from 'vitest';
import { TriggerListParser } from '../../adapters/config-files/trigger-list-parser.js';
import type { LocatedValue } from '../../domain/trigger/located-value.js';
import { ReadPipelineFile } from './read-pipeline-file.js';

const never = new AbortController().signal;
const source = (commit: string) =>
  ({ repositoryUrl: 'https://git.example.org/a.git', ref: 'refs/heads/main', commit, access: undefined }) as never;

/** A reader of commits whose files have the content that the test says, and how often one was really read. */
function reader(blobs: Readonly<Record<string, string>>) {
  const read: string[] = [];
  const place = { line: 1, column: 1 };
  const pushTrigger: LocatedValue = {
    ...place,
    value: [{ ...place, value: { keys: [{ ...place, value: 'type' }], values: [{ ...place, value: 'push' }] } }],
  };
  const files = {
    readFile: ({ commit }: { readonly commit: string }) =>
      Promise.resolve({ blobId: blobs[commit]!, text: `text of ${blobs[commit]}` }),
    changedPaths: () => Promise.reject(new Error('nothing is compared here')),
  };
  const extractor = {
    extract: (text: string) => {
      read.push(text);
      return Promise.resolve({ pipelines: [{ name: 'web', line: 1, triggers: pushTrigger }], problems: [] });
    },
  };
  return { read, file: new ReadPipelineFile(files, extractor, new TriggerListParser()) };
}

test('the same content is read once, whichever commit has it', async () => {
  const { read, file } = reader({ c1: 'a', c2: 'a', c3: 'b', c4: 'a' });
  for (const commit of ['c1', 'c2', 'c3', 'c4']) {
    const { triggers } = await file.execute(source(commit), 'danubefile.py', never);
    expect(triggers).toMatchObject([{ type: 'push', branches: ['**'] }]);
  }
  expect(read).toEqual(['text of a', 'text of b']);
});

test('of a thousand contents the one that was asked for longest ago is forgotten', async () => {
  const blobs = Object.fromEntries(Array.from({ length: 1001 }, (_none, n) => [`c${n}`, `b${n}`]));
  const { read, file } = reader(blobs);
  const ask = (commit: string) => file.execute(source(commit), 'danubefile.py', never);
  for (const commit of Object.keys(blobs).slice(0, 1000)) await ask(commit);
  await ask('c0');
  await ask('c1000');
  read.length = 0;
  await ask('c0');
  await ask('c1');
  expect(read).toEqual(['text of b1']);
});
