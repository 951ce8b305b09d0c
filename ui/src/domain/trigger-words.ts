import type { Trigger } from '../api/types.ts';

const forkWords = {
  none: 'not from forks',
  without_secrets: 'from forks without secrets',
  with_secrets: 'from forks too, with secrets',
} as const;

/** What starts a job, as a sentence without its end. */
export function triggerWords(trigger: Trigger): string {
  switch (trigger.type) {
    case 'manual':
      return 'anybody who asks for it';
    case 'cron':
      return `the schedule ${trigger.schedule} (UTC)${trigger.skip_if_running === true ? ', unless it still runs' : ''}`;
    case 'push':
      return ['a push', to('branches', trigger.branches), to('tags', trigger.tags), ...paths(trigger)].join('');
    case 'pull_request':
      return [
        'a pull request',
        to('branches', trigger.branches),
        ...paths(trigger),
        trigger.forks === undefined ? '' : `, ${forkWords[trigger.forks]}`,
      ].join('');
  }
}

function to(kind: string, names: readonly string[] | undefined): string {
  return names === undefined || names.length === 0 ? '' : `, ${kind} ${names.join(', ')}`;
}

function paths({ paths: only, paths_ignore: ignored }: Trigger): readonly string[] {
  return [
    only === undefined ? '' : `, where ${only.join(', ')} changes`,
    ignored === undefined ? '' : `, not for changes of ${ignored.join(', ')} alone`,
  ];
}
