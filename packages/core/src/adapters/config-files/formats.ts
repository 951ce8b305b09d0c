import { cronProblem } from '../../domain/cron/cron-problem.js';
import { egressCidrProblem, egressHostProblem } from '../../domain/kubernetes/egress-entry.js';
import { globProblem } from '../../domain/glob/glob-list.js';
import { isRefName } from '../../domain/repository/ref-name.js';
import { repositoryUrlProblem } from '../../domain/repository/repository-url.js';
import { sealedTextProblem } from '../../domain/secret/sealed-text-problem.js';

function isRelativePath(path: string): boolean {
  return (
    path !== '' &&
    path.length <= 500 &&
    !path.startsWith('/') &&
    !/[\\\u0000-\u001f]/.test(path) &&
    !path.split('/').some((part) => part === '' || part === '.' || part === '..')
  );
}

/** Checks that say in words what is wrong. */
export const explainedFormats: Readonly<Record<string, (value: string) => string | undefined>> = {
  'danube-cron': cronProblem,
  'danube-egress-cidr': egressCidrProblem,
  'danube-egress-host': egressHostProblem,
  'danube-glob': globProblem,
  'danube-repository-glob': repositoryGlobProblem,
  'danube-sealed': sealedTextProblem,
};

const explained = Object.entries(explainedFormats).map(
  ([name, problem]) => [name, (value: string) => problem(value) === undefined] as const,
);

/** Checks that a pattern cannot do; editors ignore them. */
export const formats: Readonly<Record<string, (value: string) => boolean>> = {
  'danube-branch': isRefName,
  'danube-relative-path': isRelativePath,
  'danube-repository': (url) => repositoryUrlProblem(url) === undefined,
  ...Object.fromEntries(explained),
};

function repositoryGlobProblem(pattern: string): string | undefined {
  if (pattern.startsWith('!')) return 'a "!" excludes nothing here; the first entry that matches is used';
  return globProblem(pattern);
}
