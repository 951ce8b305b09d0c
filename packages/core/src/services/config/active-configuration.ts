import { inject, injectable } from 'tsyringe';
import type { InstanceSettings } from '../../domain/config/configuration.js';
import { defaultSettings } from '../../domain/config/default-settings.js';
import type { ConfigStateRepository } from '../ports/config-state-repository.js';
import { Tokens } from '../tokens.js';

export interface AppliedConfiguration {
  /** Undefined before the first good sync: the settings are then the defaults. */
  readonly commit: string | undefined;
  readonly settings: InstanceSettings;
  /** Milliseconds since the epoch. */
  readonly appliedAt: number | undefined;
}

type Listener = (applied: AppliedConfiguration) => void;

/** The instance settings in force, in memory, so that reading them costs nothing. */
@injectable()
export class ActiveConfiguration {
  #applied: AppliedConfiguration = { commit: undefined, settings: defaultSettings, appliedAt: undefined };
  readonly #listeners = new Set<Listener>();

  constructor(@inject(Tokens.ConfigStateRepository) private readonly state: ConfigStateRepository) {}

  get applied(): AppliedConfiguration {
    return this.#applied;
  }

  get settings(): InstanceSettings {
    return this.#applied.settings;
  }

  /** Takes over what the last good sync stored. Call it once at start, before anything reads the settings. */
  async load(): Promise<void> {
    const stored = await this.state.current();
    if (stored !== undefined) this.replace({ ...stored, settings: withDefaults(stored.settings) });
  }

  /** Called by the sync after its transaction; tells every listener. */
  replace(applied: AppliedConfiguration): void {
    this.#applied = applied;
    for (const listener of this.#listeners) listener(applied);
  }

  /** Calls back after each change, synchronously; the answer ends that. A listener must not throw. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** What an older version stored lacks the settings that came later. */
function withDefaults(stored: Partial<InstanceSettings>): InstanceSettings {
  return {
    jobs: { ...defaultSettings.jobs, ...stored.jobs },
    logs: { ...defaultSettings.logs, ...stored.logs },
    artifacts: { ...defaultSettings.artifacts, ...stored.artifacts },
    observability: { ...defaultSettings.observability, ...stored.observability },
    cors: { ...defaultSettings.cors, ...stored.cors },
    retention: { ...defaultSettings.retention, ...stored.retention },
    kubernetes: { ...defaultSettings.kubernetes, ...stored.kubernetes },
    integrations: { ...defaultSettings.integrations, ...stored.integrations },
  };
}
