import type { ValidateFunction } from 'ajv/dist/2020.js';
import type { ConfigDocument, Position } from '../../domain/config/config-document.js';
import { formatConfigPath, type ConfigPath } from '../../domain/config/config-path.js';
import type { ConfigProblem } from '../../domain/config/configuration.js';
import { explainError } from './explain-error.js';
import type { YamlPositions } from './yaml-positions.js';

/** A parsed document that knows where its values stand. */
export class LocatedDocument {
  constructor(
    private readonly file: string,
    readonly value: unknown,
    private readonly line: number,
    private readonly positions: YamlPositions,
    private readonly index: number,
    /** Where the document begins within the file's value: a position in a JSON array. */
    private readonly base: ConfigPath,
  ) {}

  isMapping(): boolean {
    return typeof this.value === 'object' && !Array.isArray(this.value);
  }

  /** The text at a path; undefined where something else stands there. */
  text(...path: readonly string[]): string | undefined {
    const value = this.#at(path);
    return typeof value === 'string' ? value : undefined;
  }

  /** Whether anything stands at a path. */
  has(...path: readonly string[]): boolean {
    return this.#at(path) !== undefined;
  }

  #at(path: readonly string[]): unknown {
    let value = this.value;
    for (const key of path) value = (value as Readonly<Record<string, unknown>> | null | undefined)?.[key];
    return value;
  }

  place(): Pick<ConfigDocument, 'file' | 'line' | 'locate'> {
    const locate: ConfigDocument['locate'] = (path, of = 'value'): Position =>
      this.positions[of](this.index, [...this.base, ...path]);
    return { file: this.file, line: this.base.length === 0 ? this.line : locate([]).line, locate };
  }

  problem(path: ConfigPath, message: string, suggestion: string | undefined, atKey = false): ConfigProblem {
    const full = [...this.base, ...path];
    const position = atKey ? this.positions.key(this.index, full) : this.positions.value(this.index, full);
    return { file: this.file, ...position, path: formatConfigPath(full), message, suggestion };
  }

  validate(validate: ValidateFunction): readonly ConfigProblem[] {
    if (validate(this.value)) return [];
    return (validate.errors ?? []).flatMap((error) => {
      const explained = explainError(error, this.value);
      if (explained === undefined) return [];
      return [this.problem(explained.path, explained.message, explained.suggestion, explained.atKey)];
    });
  }
}
