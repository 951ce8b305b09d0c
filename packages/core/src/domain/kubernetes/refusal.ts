import type { ConfigPath } from '../config/config-path.js';

/** Something that a pipeline asks of its pods and may not have, or that contradicts itself. */
export interface Refusal {
  /** From the `kubernetes` block on. */
  readonly path: ConfigPath;
  readonly message: string;
  readonly suggestion: string;
}

/** The names that are not among those allowed by a setting. */
export function refuseNames(
  what: string,
  names: readonly string[],
  allowed: readonly string[],
  pathOf: (index: number) => ConfigPath,
  setting: string,
): readonly Refusal[] {
  return names.flatMap((name, index) =>
    allowed.includes(name)
      ? []
      : [
          {
            path: pathOf(index),
            message: `the ${what} "${name}" is not allowed`,
            suggestion: allowedBy(setting, allowed),
          },
        ],
  );
}

/** Says who allows what, so that the reader knows whom to ask. */
export function allowedBy(setting: string, allowed: readonly string[]): string {
  return `allowed by kubernetes.${setting} of the instance: ${allowed.length === 0 ? 'none' : allowed.join(', ')}`;
}
