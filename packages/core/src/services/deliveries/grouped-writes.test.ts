import { expect, test } from 'vitest';
import { RequestContextStorage } from '@danube/core/adapters/telemetry/request-context-storage.js';
import { GroupedWrites, type Grouping } from './grouped-writes.js';

const anHour = 3_600_000;
const turn = () => new Promise((resolve) => setImmediate(resolve));

function grouped({ size, spacingMs }: Grouping) {
  const groups: number[][] = [];
  const write = async (items: readonly number[]): Promise<readonly string[]> => {
    groups.push([...items]);
    await turn();
    if (items.includes(13)) throw new Error('not 13');
    // what comes after a seven would take too long
    return items.slice(0, items.includes(7) ? items.indexOf(7) + 1 : items.length).map(String);
  };
  return { groups, writes: new GroupedWrites(write, { size, spacingMs }, new RequestContextStorage()) };
}

test('one that comes alone is written at once, and those that come soon after it are written together', async () => {
  const { groups, writes } = grouped({ size: 10, spacingMs: 100 });
  const first = writes.add(1);
  expect(writes.isWriting).toBe(true);
  expect(await first).toBe('1');
  const second = writes.add(2);
  await turn();
  const third = writes.add(3);
  expect(writes.isWriting).toBe(false);
  expect(await Promise.all([second, third])).toEqual(['2', '3']);
  expect(groups).toEqual([[1], [2, 3]]);
});

test('a full group does not wait for its time', async () => {
  const { groups, writes } = grouped({ size: 2, spacingMs: anHour });
  await writes.add(1);
  await turn();
  await Promise.all([writes.add(2), writes.add(3)]);
  const more = [4, 5, 6, 8].map((n) => writes.add(n));
  await Promise.all(more);
  expect(groups).toEqual([[1], [2, 3], [4, 5], [6, 8]]);
});

test('one that cannot be written does not keep the others of its group', async () => {
  const { writes } = grouped({ size: 10, spacingMs: 5 });
  await writes.add(1);
  const [before, bad, after] = [writes.add(12), writes.add(13), writes.add(14)];
  await expect(bad).rejects.toThrow('not 13');
  expect([await before, await after]).toEqual(['12', '14']);
});

test('those that a group had no time for are written next, without a wait and in order', async () => {
  const { groups, writes } = grouped({ size: 4, spacingMs: anHour });
  await writes.add(1);
  const all = [6, 7, 8, 9].map((n) => writes.add(n));
  expect(await Promise.all(all)).toEqual(['6', '7', '8', '9']);
  expect(groups).toEqual([[1], [6, 7, 8, 9], [8, 9]]);
});
