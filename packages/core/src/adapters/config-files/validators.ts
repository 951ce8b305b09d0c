import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { configKinds, type ConfigKind } from '../../domain/config/config-document.js';
import { formats } from './formats.js';
import { documentSchema, specSchemas } from './schemas/kinds.js';

export function createAjv(): Ajv2020 {
  const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false, verbose: true, discriminator: true });
  ajv.addVocabulary(['patternErrorMessage']);
  for (const [name, check] of Object.entries(formats)) ajv.addFormat(name, check);
  return ajv;
}

export interface Validators {
  /** Checks a whole document of a kind. */
  readonly document: Readonly<Record<ConfigKind, ValidateFunction>>;
  /** Checks a flat `config.yaml`. */
  readonly flatConfig: ValidateFunction;
}

export function createValidators(): Validators {
  const ajv = createAjv();
  const document = Object.fromEntries(
    configKinds.map((kind) => [kind, ajv.compile(documentSchema(kind, specSchemas[kind]))]),
  ) as Record<ConfigKind, ValidateFunction>;
  return { document, flatConfig: ajv.compile(specSchemas.Config) };
}
