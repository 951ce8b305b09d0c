import { expect, test } from 'vitest';
import { isFiltering, toJobQuery } from './job-filter.ts';

test('days are whole days of the reader’s zone, the last one included', () => {
  const { created_from, created_before } = toJobQuery({ from: '2026-01-31', until: '2026-01-31' });
  expect(new Date(created_from ?? '')).toEqual(new Date(2026, 0, 31));
  expect(new Date(created_before ?? '')).toEqual(new Date(2026, 1, 1));
});

test('what the server would refuse filters nothing', () => {
  const query = toJobQuery({ status: 'nonsense', trigger: 'nonsense', from: 'yesterday', branch: 'main' });
  expect(query).toEqual({
    branch: 'main',
    status: [],
    trigger: undefined,
    pipeline: undefined,
    created_from: undefined,
    created_before: undefined,
  });
});

test('a filter of any kind is one', () => {
  expect(isFiltering({})).toBe(false);
  expect(isFiltering({ branch: 'main' })).toBe(true);
});
