import type { PathFilter, PipelineTrigger } from '../../domain/pipeline/pipeline.js';
import { triggerDefaults, type TriggerSpec } from './schemas/trigger.js';

const everything = ['**'];

function pathFilter(trigger: {
  readonly paths?: readonly string[];
  readonly paths_ignore?: readonly string[];
}): PathFilter {
  return { paths: trigger.paths ?? [], pathsIgnore: trigger.paths_ignore ?? [] };
}

export function toTrigger(trigger: TriggerSpec): PipelineTrigger {
  switch (trigger.type) {
    case 'push':
      return {
        type: 'push',
        branches: trigger.branches ?? (trigger.tags === undefined ? everything : []),
        tags: trigger.tags ?? [],
        ...pathFilter(trigger),
      };
    case 'pull_request':
      return {
        type: 'pull_request',
        branches: trigger.branches ?? everything,
        forks: trigger.forks ?? triggerDefaults.forks,
        ...pathFilter(trigger),
      };
    case 'cron':
      return {
        type: 'cron',
        schedule: trigger.schedule.trim().split(/\s+/).join(' '),
        catchUp: trigger.catch_up ?? triggerDefaults.catchUp,
        skipIfRunning: trigger.skip_if_running ?? triggerDefaults.skipIfRunning,
      };
    case 'manual':
      return { type: 'manual' };
  }
}
