import { DanubeError } from '@danube/plugin-api';

const variableName = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** One word for `sh`, whatever is in it. */
export function quoteForShell(value: string): string {
  return `'${value.replaceAll("'", "'\\''")}'`;
}

/**
 * The `env` file of a process folder: sets and exports the variables.
 * @throws DanubeError `env_invalid` for a name that no shell takes, or a value with a NUL byte
 */
export function renderEnvironment(env: Readonly<Record<string, string>>): string {
  // `command` lets the shell go on where it owns a variable itself, as bash does with UID
  return Object.entries(env)
    .map(([name, value]) => `command export ${checkedName(name)}=${quoteForShell(checkedValue(name, value))}\n`)
    .join('');
}

/**
 * The `command` file of a process folder.
 * @throws DanubeError `command_invalid` for a command with a NUL byte
 */
export function renderCommand(command: string): string {
  if (!command.includes('\0')) return `${command}\n`;
  throw new DanubeError('command_invalid', 'The command contains a NUL byte, which no shell accepts; remove it.', {
    category: 'invalid',
  });
}

function checkedName(name: string): string {
  if (variableName.test(name)) return name;
  throw new DanubeError(
    'env_invalid',
    `The environment variable name ${JSON.stringify(name)} is not valid: use letters, digits and "_", and no digit first.`,
    { category: 'invalid' },
  );
}

function checkedValue(name: string, value: string): string {
  if (!value.includes('\0')) return value;
  throw new DanubeError('env_invalid', `The environment variable ${name} contains a NUL byte; remove it.`, {
    category: 'invalid',
  });
}
