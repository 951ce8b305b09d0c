import { inject, injectable } from 'tsyringe';
import type { ConfigProblem } from '../../domain/config/configuration.js';
import { diffConfiguration, type ConfigurationDiff } from '../../domain/config/diff-configuration.js';
import type { ConfigParser } from '../ports/config-parser.js';
import type { ConfigSource } from '../ports/config-source.js';
import type { ExtensionBuilder } from '../ports/extension-builder.js';
import { Tokens } from '../tokens.js';
import type { StoredConfiguration } from './stored-configuration.js';

export type ConfigurationPlan =
  | { readonly kind: 'valid'; readonly diff: ConfigurationDiff }
  | { readonly kind: 'invalid'; readonly problems: readonly ConfigProblem[] };

/** Says what a sync would change, and changes nothing. */
@injectable()
export class PlanConfiguration {
  constructor(
    @inject(Tokens.ConfigParser) private readonly parser: ConfigParser,
    @inject(Tokens.StoredConfiguration) private readonly stored: StoredConfiguration,
    @inject(Tokens.ExtensionBuilder) private readonly extensions: ExtensionBuilder,
  ) {}

  /**
   * `commit` undefined means the head of the source, which may be the config repository or a folder.
   * @throws DanubeError of the source where it cannot be read
   */
  async execute(source: ConfigSource, commit: string | undefined, signal: AbortSignal): Promise<ConfigurationPlan> {
    const files = await source.readFiles(commit ?? (await source.fetchHead(signal)), signal);
    const result = await this.parser.parse(files, signal);
    if (result.kind === 'invalid') return result;
    const problems = await this.extensions.check(result.configuration.settings.integrations, signal);
    if (problems.length > 0) return { kind: 'invalid', problems: problems.map(result.locate) };
    return { kind: 'valid', diff: diffConfiguration(await this.stored.read(), result.configuration) };
  }
}
