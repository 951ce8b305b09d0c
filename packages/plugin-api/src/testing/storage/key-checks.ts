import assert from 'node:assert/strict';
import { remoteChecks } from '../kit/remote-checks.js';
import type { Storage } from '../../storage.js';
import { assertDanubeError, rejection } from '../kit/failures.js';
import { drained, forever, keysOf, partsOf, put, read } from './content.js';
import { artifactCheck, type StorageCheck, type StorageSamples, type StorageSetting } from './storage-check.js';

const odd = [
  'report',
  'report/of/report',
  'a b',
  'a+b',
  '%2e%2e/x',
  'a%2Fb',
  'query?x=1#y',
  'back\\slash',
  '...',
  '.hidden/..file',
  'CON',
  'é-\u0065\u0301',
  '🙂/🙂',
  'quote"\'`$(id)',
  Array.from({ length: 8 }, (_, index) => String(index).repeat(127)).join('/') + 'x',
];
const hostile = [
  '',
  '/',
  '/a',
  '../a',
  'a/../b',
  '..',
  '.',
  './a',
  'a/.',
  'a/..',
  'a//b',
  'a/',
  'a\u0000b',
  'a\nb',
  '\u007f',
  'x'.repeat(1025),
  'é'.repeat(513),
];

export const keyChecks: readonly StorageCheck[] = [
  artifactCheck('odd keys are keys like any other', async (artifacts) => {
    for (const key of odd) await put(artifacts, key, `content of ${key}`);
    for (const key of odd)
      assert.equal(await read(artifacts, key), `content of ${key}`, `"${key}" holds something else`);
    assert.deepEqual(
      [...(await keysOf(artifacts, ''))].sort(),
      [...odd].sort(),
      'list does not answer the keys that were put',
    );
    for (const key of odd) await artifacts.delete(key, forever());
    assert.deepEqual(await keysOf(artifacts, ''), [], 'there are objects, although there should be none');
  }),
  artifactCheck('keys that are none are refused', async (artifacts, { setting }) => {
    const expected = { code: 'storage_key_invalid', category: 'invalid' } as const;
    for (const key of hostile) {
      const calls = [
        ['put', async () => artifacts.put(key, partsOf('x'), forever())],
        ['get', () => read(artifacts, key)],
        ['delete', async () => artifacts.delete(key, forever())],
      ] as const;
      for (const [method, call] of calls) {
        const what = `${method} of ${JSON.stringify(key.slice(0, 40))}`;
        assertDanubeError(await rejection(call(), `(${what})`), expected, setting);
      }
    }
    assert.deepEqual(await keysOf(artifacts, ''), [], 'there are objects, although there should be none');
  }),
  ...remoteChecks<Storage, StorageSetting, StorageSamples>(
    'artifacts.put',
    ({ instance }, signal) => instance.artifacts?.put('job/a', partsOf('x'), signal),
    { saysWhen: false },
  ),
  ...remoteChecks<Storage, StorageSetting, StorageSamples>(
    'artifacts.get',
    ({ instance: { artifacts } }, signal) => artifacts && drained(artifacts.get('job/a', undefined, signal)),
    { saysWhen: false },
  ),
  ...remoteChecks<Storage, StorageSetting, StorageSamples>(
    'artifacts.delete',
    ({ instance }, signal) => instance.artifacts?.delete('job/a', signal),
    { saysWhen: false },
  ),
  ...remoteChecks<Storage, StorageSetting, StorageSamples>(
    'artifacts.list',
    ({ instance: { artifacts } }, signal) => artifacts && drained(artifacts.list('', signal)),
    { saysWhen: false },
  ),
];
