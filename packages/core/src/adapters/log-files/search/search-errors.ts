import { DanubeError } from '@danube/plugin-api';

export function searchTooSlow(limitMs: number): DanubeError {
  return new DanubeError(
    'log_search_too_slow',
    `the regular expression takes longer than ${limitMs / 1000} s for half a megabyte of the log; simplify it, for example by leaving out nested repetitions`,
    { category: 'invalid' },
  );
}
