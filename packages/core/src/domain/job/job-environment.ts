import { DanubeError } from '@danube/plugin-api';

const namePattern = /^[A-Za-z_][A-Za-z0-9_]*$/;
const maxBytes = 64 * 1024;

/**
 * Checks environment that a person or a pipeline gives to a job.
 * @throws DanubeError `environment_invalid` (invalid) naming the variable and what is accepted.
 */
export function checkEnvironment(env: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  let bytes = 0;
  for (const [name, value] of Object.entries(env)) {
    if (!namePattern.test(name)) throw invalid(`environment variable "${name}" must match ${namePattern.source}`);
    if (name.startsWith('DANUBE_'))
      throw invalid(`environment variable "${name}": names that start with DANUBE_ are set by Danube`);
    if (value.includes('\0')) throw invalid(`environment variable "${name}" holds a NUL byte`);
    bytes += name.length + value.length;
  }
  if (bytes > maxBytes) throw invalid(`the environment is ${bytes} bytes long; at most ${maxBytes} are accepted`);
  return env;
}

function invalid(message: string): DanubeError {
  return new DanubeError('environment_invalid', message, { category: 'invalid' });
}
