import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { RequestContextStorage } from '../request-context-storage.js';
import { createLoggerFactory } from './bunyan-logger-factory.js';
import type { LogFormat } from './format-line.js';
import { Redactor } from './redactor.js';

function logging(levels = 'info', format: LogFormat = 'json', isTTY = false) {
  const lines: string[] = [];
  const output = Object.assign(
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        lines.push(chunk.toString());
        done();
      },
    }),
    { isTTY },
  );
  const requestContext = new RequestContextStorage();
  const factory = createLoggerFactory({ levels, format, output, redactor: new Redactor(), requestContext });
  return { factory, lines, requestContext, output };
}

test('a JSON line has the documented keys in the documented order', () => {
  const { factory, lines, requestContext } = logging();
  const log = factory.forTarget('danube.jobs');
  requestContext.run({ requestId: 'abc123', traceparent: undefined }, () => {
    log.info('Job started', { job_id: 'job-456', pipeline_id: 'pipeline-789' });
  });
  expect(lines).toHaveLength(1);
  expect(lines[0]?.replace(/"timestamp":"[^"]+"/, '"timestamp":"T"')).toBe(
    '{"timestamp":"T","level":"INFO","target":"danube.jobs","request_id":"abc123","message":"Job started",' +
      '"job_id":"job-456","pipeline_id":"pipeline-789"}\n',
  );
  expect(lines[0]).toMatch(/"timestamp":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"/);
});

test('outside of a request there is no request_id, also after an awaited call inside one', async () => {
  const { factory, lines, requestContext } = logging();
  const log = factory.forTarget('danube');
  await requestContext.run({ requestId: 'abc', traceparent: undefined }, async () => {
    await new Promise(setImmediate);
    log.warn('inside');
  });
  log.warn('outside');
  expect(lines.map((line) => (JSON.parse(line) as { request_id?: string }).request_id)).toEqual(['abc', undefined]);
});

test('levels hold per target, and one target does not change another', () => {
  const { factory, lines } = logging('warn,danube.jobs=debug');
  const http = factory.forTarget('danube.http');
  const jobs = factory.forTarget('danube.jobs.queue');
  http.info('no');
  http.error('yes 1');
  jobs.debug('yes 2');
  http.debug('no');
  expect(lines.map((line) => (JSON.parse(line) as { message: string }).message)).toEqual(['yes 1', 'yes 2']);
});

test('fields cannot pose as the line’s own keys, and bunyan’s own names stay usable', () => {
  const { factory, lines } = logging();
  factory.forTarget('danube').info('real', { message: 'fake', level: 'fake', name: 'n', time: 't', pid: 1, v: 2 });
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    message: 'real',
    level: 'INFO',
    field_message: 'fake',
    field_level: 'fake',
    name: 'n',
    time: 't',
    pid: 1,
    v: 2,
  });
});

test('message, fields and error stacks are redacted', () => {
  const { factory, lines } = logging();
  factory.forTarget('danube').error('mail jane@example.com', { password: 'x', error: new Error('Bearer abcdefgh') });
  expect(lines[0]).not.toMatch(/jane|abcdefgh|"x"/);
  expect(lines[0]).toContain('bunyan-logger-factory.test.ts');
});

test('the pretty form is one readable line, errors below it, without colour unless on a terminal', () => {
  const plain = logging('info', 'pretty');
  plain.factory.forTarget('danube.jobs').error('it broke', { job: 'j 1', n: 2, err: new Error('why') });
  expect(plain.lines[0]).toMatch(/^\d\d:\d\d:\d\d\.\d{3} ERROR danube\.jobs it broke job="j 1" n=2\n {2}Error: why\n/);
  expect(plain.lines[0]).not.toContain('\u001b');
  const terminal = logging('info', 'pretty', true);
  terminal.factory.forTarget('danube.jobs').info('fine');
  expect(terminal.lines[0]?.includes('\u001b[')).toBe(process.env['NO_COLOR'] === undefined);
});

test('control characters from outside do not reach the terminal', () => {
  const { factory, lines } = logging('info', 'pretty');
  factory.forTarget('danube').info('a\u001b[2Jb\nc', { branch: '\u001b[31m' });
  expect(lines[0]).toContain('a\\u001b[2Jb\\u000ac');
  expect(lines[0]).not.toContain('\u001b');
});

test('a broken output does not throw', async () => {
  const { factory, output } = logging();
  output.destroy(new Error('EPIPE'));
  await new Promise(setImmediate);
  expect(() => factory.forTarget('danube').info('anyone there?')).not.toThrow();
});

test('many loggers of one output listen to it once', () => {
  const { output } = logging();
  const requestContext = new RequestContextStorage();
  createLoggerFactory({ levels: 'info', format: 'json', output, redactor: new Redactor(), requestContext });
  expect(output.listenerCount('error')).toBe(1);
});
