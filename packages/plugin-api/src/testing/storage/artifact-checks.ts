import assert from 'node:assert/strict';
import type { ArtifactStorage } from '../../storage.js';
import { assertDanubeError, rejection } from '../kit/failures.js';
import { digestOf, failingContent, forever, keysOf, largeContent, partsOf, put, read, textOf } from './content.js';
import { artifactCheck, type StorageCheck, type StorageTrial } from './storage-check.js';

/** 4 MiB: more than any buffer between here and the other side. */
const large = 64;
/** 256 KiB. */
const medium = 4;
const sized = 'put answers another key or size';
const lost = 'what was there before is gone or changed';

async function assertMissing(artifacts: ArtifactStorage, key: string, { setting }: StorageTrial): Promise<void> {
  const error = await rejection(read(artifacts, key), `although there is no ${key}`);
  assertDanubeError(error, { code: 'object_not_found', category: 'not_found' }, setting);
}

export const artifactChecks: readonly StorageCheck[] = [
  artifactCheck('what was put is got, also nothing and much', async (artifacts) => {
    assert.deepEqual(
      await artifacts.put('job/a', partsOf('one ', '', 'two'), forever()),
      { key: 'job/a', size: 7 },
      sized,
    );
    assert.equal(await read(artifacts, 'job/a'), 'one two');
    assert.deepEqual(await artifacts.put('job/empty', partsOf(), forever()), { key: 'job/empty', size: 0 }, sized);
    assert.equal(await read(artifacts, 'job/empty'), '', 'nothing became something');
    const digest = await digestOf(largeContent(large));
    assert.equal((await artifacts.put('job/large', largeContent(large), forever())).size, digest.size, sized);
    assert.deepEqual(
      await digestOf(artifacts.get('job/large', undefined, forever())),
      digest,
      '4 MiB come back changed',
    );
  }),
  artifactCheck('put replaces the whole object', async (artifacts) => {
    await put(artifacts, 'job/a', 'a longer text that was there before');
    await put(artifacts, 'job/a', 'short');
    assert.equal(await read(artifacts, 'job/a'), 'short', 'the object is not what was put last');
  }),
  artifactCheck('content that fails leaves what was there before', async (artifacts, trial) => {
    await put(artifacts, 'job/a', 'before');
    for (const key of ['job/a', 'job/new']) {
      await rejection(
        artifacts.put(key, failingContent(new Error('the source failed')), forever()),
        'although its content failed',
      );
    }
    assert.equal(await read(artifacts, 'job/a'), 'before', lost);
    await assertMissing(artifacts, 'job/new', trial);
    assert.deepEqual(await keysOf(artifacts, ''), ['job/a'], 'list shows something else than what was there before');
  }),
  artifactCheck('an abort amid the content leaves what was there before', async (artifacts) => {
    await put(artifacts, 'job/a', 'before');
    for (const key of ['job/a', 'job/new']) {
      const controller = new AbortController();
      async function* content() {
        yield* largeContent(medium);
        controller.abort(new DOMException('aborted by the kit', 'AbortError'));
        yield* largeContent(medium);
      }
      await rejection(artifacts.put(key, content(), controller.signal), 'although it was aborted');
    }
    assert.equal(await read(artifacts, 'job/a'), 'before', lost);
    assert.deepEqual(await keysOf(artifacts, ''), ['job/a'], 'list shows something else than what was there before');
  }),
  artifactCheck('an abort ends the reading', async (artifacts) => {
    await artifacts.put('job/large', largeContent(large), forever());
    const controller = new AbortController();
    const reading = async () => {
      for await (const part of artifacts.get('job/large', undefined, controller.signal)) {
        if (part.length > 0) controller.abort(new DOMException('aborted by the kit', 'AbortError'));
      }
    };
    await rejection(reading(), 'although it was aborted');
  }),
  artifactCheck('a range is got from its start up to, not including, its end', async (artifacts) => {
    await put(artifacts, 'job/a', '0123456789');
    for (const [start, end] of [
      [0, 10],
      [0, 1],
      [3, 7],
      [9, 10],
      [5, 5],
    ] as const) {
      const range = await textOf(artifacts.get('job/a', { start, end }, forever()));
      assert.equal(range, '0123456789'.slice(start, end), `from ${start} to ${end}`);
    }
    const all = await digestOf(largeContent(medium));
    await artifacts.put('job/large', largeContent(medium), forever());
    const range = { start: 1, end: all.size - 1 };
    assert.equal(
      (await digestOf(artifacts.get('job/large', range, forever()))).size,
      all.size - 2,
      'a range of a large object has another size',
    );
  }),
  artifactCheck('what is not there is object_not_found', async (artifacts, trial) => {
    await put(artifacts, 'job/a', 'text');
    for (const key of ['job/b', 'job', 'job/a/b']) await assertMissing(artifacts, key, trial);
  }),
  artifactCheck('a reader may stop before the end', async (artifacts) => {
    await artifacts.put('job/large', largeContent(medium), forever());
    for await (const part of artifacts.get('job/large', undefined, forever())) if (part.length > 0) break;
    await artifacts.delete('job/large', forever());
  }),
  artifactCheck('delete removes one object, and succeeds where there is none', async (artifacts, trial) => {
    for (const key of ['job/a', 'job/b', 'job/ab']) await put(artifacts, key, key);
    await artifacts.delete('job/a', forever());
    await artifacts.delete('job/a', forever());
    await artifacts.delete('other', forever());
    await assertMissing(artifacts, 'job/a', trial);
    assert.deepEqual(await keysOf(artifacts, ''), ['job/ab', 'job/b'], 'delete removed more, or less, than one object');
  }),
  artifactCheck('list gives what starts with the prefix, ordered by key', async (artifacts) => {
    const keys = ['B', 'a-b', 'a/b', 'a/b/c', 'a/c', 'a0', 'ab', 'b'];
    for (const key of ['ab', 'a/c', 'b', 'a0', 'B', 'a/b/c', 'a-b', 'a/b']) await put(artifacts, key, key);
    for (const prefix of ['', 'a', 'a/', 'a/b', 'b', 'B', 'x', 'a/b/c/']) {
      const expected = keys.filter((key) => key.startsWith(prefix));
      assert.deepEqual(
        await keysOf(artifacts, prefix),
        expected,
        `list answers other keys, or another order, with the prefix "${prefix}"`,
      );
    }
    for await (const { key, size } of artifacts.list('', forever()))
      assert.equal(size, key.length, `the size of ${key}`);
  }),
  artifactCheck('writers at once do not disturb each other', async (artifacts) => {
    const keys = Array.from({ length: 20 }, (_, index) => `job/${index}`);
    await Promise.all(keys.map((key) => artifacts.put(key, largeContent(medium, key), forever())));
    for (const key of keys) {
      assert.deepEqual(
        await digestOf(artifacts.get(key, undefined, forever())),
        await digestOf(largeContent(medium, key)),
        `${key} holds something else than was put`,
      );
    }
    const contents = ['a', 'b', 'c', 'd'];
    await Promise.all(contents.map((content) => artifacts.put('job/same', largeContent(medium, content), forever())));
    const possible = await Promise.all(contents.map((content) => digestOf(largeContent(medium, content))));
    const kept = await digestOf(artifacts.get('job/same', undefined, forever()));
    assert.ok(
      possible.some(({ sha256 }) => sha256 === kept.sha256),
      'the object is a mixture of two',
    );
  }),
];
