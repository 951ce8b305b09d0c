import { isAbsolute, resolve } from 'node:path';
import { durationHint, parseDuration } from '../../domain/time/duration.js';
import { hideCredentials } from '../../domain/repository/hide-credentials.js';
import { isRefName } from '../../domain/repository/ref-name.js';
import { repositoryUrlProblem } from '../../domain/repository/repository-url.js';

/** Checks one value of the file or the environment; `refuse` says what is wrong with it. */
export interface ValueReader<T> {
  /** What is accepted, for the documentation and for errors. */
  readonly accepts: string;
  /** @throws RefusedValue */
  read(value: unknown): T;
}

export class RefusedValue extends Error {}

const levels = ['debug', 'info', 'warn', 'error', 'off'];

function text(value: unknown): string {
  if (typeof value !== 'string') throw new RefusedValue(`is ${typeName(value)}, not text`);
  if (value.trim() === '') throw new RefusedValue('is empty');
  return value;
}

function typeName(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  if (value instanceof Date) return 'a date';
  if (typeof value === 'object') return 'a table';
  return `a ${typeof value}`;
}

function checked(accepts: string, accept: (value: string) => boolean): ValueReader<string> {
  return {
    accepts,
    read: (value) => {
      const checkedText = text(value);
      if (!accept(checkedText)) throw new RefusedValue(`"${checkedText}" is not accepted`);
      return checkedText;
    },
  };
}

function isAddress(value: string): boolean {
  const match = /^(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?):([0-9]{1,5})$/.exec(value);
  return match !== null && Number(match[1]) <= 65_535;
}

function isHttpUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  return (url.protocol === 'http:' || url.protocol === 'https:') && url.username === '' && url.search + url.hash === '';
}

function isLevelFilter(value: string): boolean {
  return value.split(',').every((part) => {
    const [level, target] = part.trim().split('=').reverse();
    return levels.includes(level ?? '') && (target === undefined || /^[a-z][a-z0-9_.-]*$/.test(target));
  });
}

export const address = checked('host:port, for example "127.0.0.1:8080", "[::1]:8080" or "0.0.0.0:8080"', isAddress);
export const imageName = checked('the name of an image, for example "debian:12"', (value) =>
  /^[\w./:@-]{1,512}$/.test(value),
);
export const kubernetesName = checked('lower-case letters, digits and "-", at most 63', (value) =>
  /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(value),
);
export const accountName = checked('the name of an account of this machine', (value) =>
  /^[A-Za-z_][A-Za-z0-9_.-]{0,63}$/.test(value),
);
export const branch = checked('a branch name', isRefName);
export const levelFilter = checked(
  `one of ${levels.join(', ')}, also by target: "info,danube.jobs=debug"`,
  isLevelFilter,
);

export const repositoryUrl: ValueReader<string> = {
  accepts: 'the URL of a Git repository: https, http, ssh, user@host:path or file',
  read: (value) => {
    const problem = repositoryUrlProblem(text(value));
    if (problem !== undefined) throw new RefusedValue(problem.replace(/; accepted: .*$/, ''));
    return value as string;
  },
};

export const publicUrl: ValueReader<string> = {
  accepts: 'an http or https URL without user name, query or fragment',
  read: (value) => {
    const url = text(value);
    if (!isHttpUrl(url)) throw new RefusedValue(`"${hideCredentials(url)}" is not accepted`);
    return url.replace(/\/+$/, '');
  },
};

export const path: ValueReader<string> = {
  accepts: 'a path',
  read: (value) => (isAbsolute(text(value)) ? (value as string) : resolve(value as string)),
};

export const flag: ValueReader<boolean> = {
  accepts: 'true or false',
  read: (value) => {
    if (value === true || value === 'true') return true;
    if (value === false || value === 'false') return false;
    throw new RefusedValue(`is ${typeof value === 'string' ? `"${value}"` : typeName(value)}`);
  },
};

export function duration(minimumMs: number, minimum: string): ValueReader<number> {
  return {
    accepts: `${durationHint}; at least ${minimum}`,
    read: (value) => {
      const written = text(value);
      const ms = parseDuration(written);
      if (ms === undefined || ms < minimumMs) throw new RefusedValue(`"${written}" is not accepted`);
      return ms;
    },
  };
}

export function oneOf<const T extends string>(values: readonly T[]): ValueReader<T> {
  return {
    accepts: `one of ${values.map((value) => `"${value}"`).join(', ')}`,
    read: (value) => {
      const found = values.find((candidate) => candidate === text(value));
      if (found === undefined) throw new RefusedValue(`"${String(value)}" is not accepted`);
      return found;
    },
  };
}
