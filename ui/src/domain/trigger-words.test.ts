import { expect, test } from 'vitest';
import type { Trigger } from '../api/types.ts';
import { triggerWords } from './trigger-words.ts';

test.each<[Trigger, string]>([
  [{ type: 'manual' }, 'anybody who asks for it'],
  [{ type: 'push', branches: ['main', 'release/*'], tags: [] }, 'a push, branches main, release/*'],
  [
    { type: 'push', branches: [], tags: ['v*'], paths_ignore: ['docs/**'] },
    'a push, tags v*, not for changes of docs/** alone',
  ],
  [
    { type: 'pull_request', branches: ['main'], paths: ['src/**'], forks: 'without_secrets' },
    'a pull request, branches main, where src/** changes, from forks without secrets',
  ],
  [
    { type: 'cron', schedule: '0 3 * * *', skip_if_running: true },
    'the schedule 0 3 * * * (UTC), unless it still runs',
  ],
])('%j is "%s"', (trigger, words) => {
  expect(triggerWords(trigger)).toBe(words);
});
