import { DanubeError } from '@danube/plugin-api';
import { secretNameHint } from '../../domain/secret/secret-name.js';
import { sealCommand } from '../../domain/secret/sealed-secret.js';
import type { SecretScope } from '../../domain/secret/secret-record.js';
import { describeScope } from '../../domain/secret/secret-scope.js';

export function secretNameInvalid(name: string): DanubeError {
  return new DanubeError('secret_name_invalid', `"${name}" cannot be the name of a secret: write ${secretNameHint}`, {
    category: 'invalid',
  });
}

export function secretValueInvalid(name: string, problem: string): DanubeError {
  return new DanubeError('secret_value_invalid', `the value given for the secret "${name}" ${problem}`, {
    category: 'invalid',
  });
}

export function secretNotFound(name: string, scope: SecretScope): DanubeError {
  return new DanubeError('secret_not_found', `there is no secret "${name}" of ${describeScope(scope)}`, {
    category: 'not_found',
  });
}

export function secretManagedByConfig(name: string, scope: SecretScope): DanubeError {
  return new DanubeError(
    'secret_managed_by_config',
    `the config repository sets the secret "${name}" of ${describeScope(scope)}: change or remove its document there; ` +
      `"${sealCommand(name, scope)}" prints one for a new value`,
    { category: 'conflict' },
  );
}

export function scopeNotFound(scope: Exclude<SecretScope, { readonly kind: 'global' }>): DanubeError {
  const [code, kind, id] =
    scope.kind === 'team'
      ? ['team_not_found', 'team', scope.team]
      : ['pipeline_not_found', 'pipeline', scope.pipelineId];
  return new DanubeError(code, `there is no ${kind} "${id}" in the active configuration`, { category: 'not_found' });
}

/** Says nothing of secrets that other pipelines have. */
export function secretNotSeen(name: string, pipelineId: string): DanubeError {
  return new DanubeError(
    'secret_not_found',
    `this job has no secret "${name}": store it with "danube secret set ${name} --pipeline ${pipelineId}" and start ` +
      'another job; "danube run" takes secrets from the file given with --secrets-file',
    { category: 'not_found' },
  );
}

export function secretsWithheld(): DanubeError {
  return new DanubeError(
    'secrets_withheld',
    'this job builds a pull request from a fork and gets no secrets; a trigger with "forks: with_secrets" allows them',
    { category: 'forbidden' },
  );
}
