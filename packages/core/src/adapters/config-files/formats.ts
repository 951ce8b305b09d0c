import { isRefName } from '../../domain/repository/ref-name.js';
import { repositoryUrlProblem } from '../../domain/repository/repository-url.js';

function isRelativePath(path: string): boolean {
  return (
    path !== '' &&
    path.length <= 500 &&
    !path.startsWith('/') &&
    !/[\\\u0000-\u001f]/.test(path) &&
    !path.split('/').some((part) => part === '' || part === '.' || part === '..')
  );
}

/** Checks that a pattern cannot do; editors ignore them. */
export const formats: Readonly<Record<string, (value: string) => boolean>> = {
  'danube-branch': isRefName,
  'danube-relative-path': isRelativePath,
  'danube-repository': (url) => repositoryUrlProblem(url) === undefined,
};
