import { inject, injectable } from 'tsyringe';
import type { ConfigProblem } from '../../domain/config/configuration.js';
import { diffConfiguration, type ConfigurationDiff } from '../../domain/config/diff-configuration.js';
import type { ConfigParser } from '../ports/config-parser.js';
import type { ConfigSource } from '../ports/config-source.js';
import type { ExtensionBuilder } from '../ports/extension-builder.js';
import type { PluginFailure } from '../ports/extensions.js';
import { Tokens } from '../tokens.js';
import type { StoredConfiguration } from './stored-configuration.js';

export type ConfigurationPlan = {
  /** Optional plugins that would be left out; empty where mistakes in the files kept them from being looked at. */
  readonly pluginFailures: readonly PluginFailure[];
} & (
  | { readonly kind: 'valid'; readonly diff: ConfigurationDiff }
  | { readonly kind: 'invalid'; readonly problems: readonly ConfigProblem[] }
);

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
    if (result.kind === 'invalid') return { ...result, pluginFailures: [] };
    const { integrations } = result.configuration.settings;
    const { problems, failures: pluginFailures } = await this.extensions.check(integrations, signal);
    if (problems.length > 0) return { kind: 'invalid', problems: problems.map(result.locate), pluginFailures };
    const diff = diffConfiguration(await this.stored.read(), result.configuration);
    return { kind: 'valid', diff, pluginFailures };
  }
}
