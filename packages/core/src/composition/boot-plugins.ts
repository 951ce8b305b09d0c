import { DanubeError, isDanubeError } from '@danube/plugin-api';
import { formatProblem } from '../domain/config/format-problem.js';
import type { SyncOutcome } from '../services/config/sync-configuration.js';
import { Tokens } from '../services/tokens.js';
import type { Engine } from './engine.js';

/**
 * Brings the plugins of the configuration in force to life. Where one that is not optional fails, the head of the config
 * repository may say how to do without it: it is tried then, and comes into force where all of it works.
 * @throws DanubeError `plugins_failed` (invalid) with every failure, and with what became of the head
 */
export async function bootPlugins({ container, plugins, logger }: Engine): Promise<void> {
  const { settings, commit } = container.resolve(Tokens.ActiveConfiguration).applied;
  const never = new AbortController().signal;
  try {
    await plugins.boot(settings.integrations, never);
  } catch (error) {
    if (!isDanubeError(error) || error.code !== 'plugins_failed') throw error;
    logger.warn('plugins fail that are not optional; the head of the config repository is tried', { commit });
    const outcome = await container.resolve(Tokens.SyncConfiguration).execute(never);
    if (outcome.status === 'applied') return;
    const { code, message, category, details } = error;
    throw new DanubeError(code, `${message}\n${describe(outcome)}`, { category, details });
  }
}

function describe({ status, commit, problems }: SyncOutcome): string {
  const head = commit === undefined ? '' : `, commit ${commit.slice(0, 12)},`;
  if (status === 'unchanged') {
    return `the head of the config repository${head} is what is in force already; mend the plugins, or commit a configuration that does without them, and start again`;
  }
  const lines = problems.map((problem) => `\n  ${formatProblem(problem)}`).join('');
  return commit === undefined
    ? `the head of the config repository could not be tried instead:${lines}`
    : `the head of the config repository${head} was tried instead and has problems:${lines}`;
}
