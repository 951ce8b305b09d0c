import { DanubeError } from '@danube/plugin-api';

export const logLevels = ['debug', 'info', 'warn', 'error', 'off'] as const;
export type LogLevel = (typeof logLevels)[number];

export interface LogLevels {
  /** The level of a target: that of its longest dotted prefix that was named, else the general one. */
  of(target: string): LogLevel;
}

/**
 * Reads what `DANUBE_LOG` and `[logging] level` hold, for example `info,danube.jobs=debug`.
 * @throws DanubeError `log_level_invalid` (invalid) naming the part and what is accepted.
 */
export function parseLogLevels(specification: string): LogLevels {
  let general: LogLevel = 'info';
  const targets = new Map<string, LogLevel>();
  for (const part of specification.split(',').map((text) => text.trim())) {
    if (part === '') continue;
    const [first, second, ...rest] = part.split('=').map((text) => text.trim());
    if (second === undefined) general = level(first, part);
    else if (first && rest.length === 0 && /^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/.test(first)) {
      targets.set(first, level(second, part));
    } else throw invalid(part, 'is not of the form target=level');
  }
  return { of: (target) => longestPrefix(targets, target) ?? general };
}

function longestPrefix(targets: ReadonlyMap<string, LogLevel>, target: string): LogLevel | undefined {
  for (let name = target; name !== ''; name = name.slice(0, Math.max(0, name.lastIndexOf('.')))) {
    const found = targets.get(name);
    if (found) return found;
  }
  return undefined;
}

function level(text: string | undefined, part: string): LogLevel {
  const found = logLevels.find((name) => name === text);
  if (!found) throw invalid(part, `does not name a level`);
  return found;
}

function invalid(part: string, problem: string): DanubeError {
  return new DanubeError(
    'log_level_invalid',
    `log level "${part}" ${problem}; accepted: a level (${logLevels.join(', ')}), then target=level parts, ` +
      'for example info,danube.jobs=debug',
    { category: 'invalid', details: { part } },
  );
}
