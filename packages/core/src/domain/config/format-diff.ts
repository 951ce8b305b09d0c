import type { ConfigurationDiff, ItemChanges } from './diff-configuration.js';

function formatItems<T extends { readonly id: string }>(kind: string, changes: ItemChanges<T>): readonly string[] {
  return [
    ...changes.added.map(({ id }) => `+ ${kind} ${id}`),
    ...changes.changed.flatMap(({ id, fields }) => {
      const visible = fields.filter((field) => field !== 'origin');
      return visible.length === 0 ? [] : [`~ ${kind} ${id}: ${visible.join(', ')}`];
    }),
    ...changes.removed.map((id) => `- ${kind} ${id}`),
  ];
}

/** One line for each thing that came (`+`), changed (`~`) or went (`-`). Where documents stand is left out. */
export function formatDiff(diff: ConfigurationDiff): readonly string[] {
  return [
    ...(diff.settings.length === 0 ? [] : [`~ settings: ${diff.settings.join(', ')}`]),
    ...formatItems('user', diff.users),
    ...formatItems('team', diff.teams),
    ...formatItems('pipeline', diff.pipelines),
    ...formatItems('secret', diff.secrets),
  ];
}
