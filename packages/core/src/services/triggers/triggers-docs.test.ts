import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseFiles } from '@danube/test-support/config-file-fixture.js';
import { expect, test } from 'vitest';
import { TriggerListParser } from '../../adapters/config-files/trigger-list-parser.js';
import { PythonTriggerExtractor } from '../../adapters/python/python-trigger-extractor.js';
import { findPython } from '../../composition/find-python.js';
import { cronProblem } from '../../domain/cron/cron-problem.js';
import { parseGlobList } from '../../domain/glob/glob-list.js';
import { plainValue } from '../../domain/trigger/located-value.js';
import { findSkipDirective } from '../../domain/trigger/skip-directive.js';

const read = (path: string) => readFileSync(new URL(`../../../../../${path}`, import.meta.url), 'utf8');
const page = read('docs/triggers.md');
const example = (language: string) => new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(page)?.[1] ?? '';

test('the example of the configuration is accepted', async () => {
  const { pipelines } = await parseFiles({ 'pipelines/api.yaml': example('yaml') });
  expect(pipelines[0]?.spec.triggers?.map(({ type }) => type)).toEqual(['push', 'pull_request', 'cron']);
});

test('the example of a pipeline file says what the page says', async () => {
  const script = fileURLToPath(new URL('../../../../../sdk/src/danube/_read_triggers.py', import.meta.url));
  const extractor = new PythonTriggerExtractor({ python: await findPython(process.env), script, timeoutMs: 60_000 });
  const { pipelines, problems } = await extractor.extract(example('python'), new AbortController().signal);
  expect(problems).toEqual([]);
  const parsed = await new TriggerListParser().parse(plainValue(pipelines[0]!.triggers!));
  expect(parsed).toMatchObject({ kind: 'valid', triggers: [{ paths: ['api/**'] }, { skipIfRunning: false }] });
});

test('every schedule of the table is accepted, and every refused one refused', () => {
  const table = [...page.matchAll(/^\| `((?:\S+ ){4}\S+)` /gm)].map(([, schedule]) => schedule!);
  expect(table).toHaveLength(5);
  for (const schedule of table) expect(cronProblem(schedule)).toBeUndefined();
  for (const refused of ['0 0 31 2 *', '@daily', '0 0 ? * *', '0 0 L * *', '0 0 1W * *', '0 0 * * 5#1', '0 0 1 * +5']) {
    expect(cronProblem(refused)).toBeDefined();
  }
});

test.each([
  ["['**', '!dependabot/**']", 'dependabot/npm', false],
  ["['**', '!dependabot/**']", 'main', true],
  ["['**/*.md']", 'README.md', true],
  ["['*']", 'fix/login', false],
  [String.raw`['app/\[id\]/**']`, 'app/[id]/page.tsx', true],
])('%s and %s', (list, text, expected) => {
  const patterns = [...list.matchAll(/'([^']+)'/g)].map(([, pattern]) => pattern!);
  for (const pattern of patterns) expect(page).toContain(pattern.replace('!', ''));
  expect(parseGlobList(patterns)(text)).toBe(expected);
});

test('the words that ask for no job are those of the page', () => {
  const sentence = /A push whose newest commit says ([^]*?) anywhere/.exec(page)?.[1] ?? '';
  const words = [...sentence.matchAll(/`([^`]+)`/g)].map(([, word]) => word!);
  expect(words).toHaveLength(3);
  for (const word of words) expect(findSkipDirective(`x ${word.toUpperCase()}`)).toBe(word);
});
