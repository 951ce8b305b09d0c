import { DanubeError } from '@danube/plugin-api';
import { formatConfigPath } from '../../domain/config/config-path.js';
import type { Integrations } from '../../domain/config/integrations.js';
import type { SettingsProblem } from '../../domain/config/settings-problem.js';
import type { SecretKey } from '../../domain/secret/secret-record.js';
import type {
  ExtensionBuilder,
  ExtensionsCheck,
  ExtensionsPreparation,
} from '../../services/ports/extension-builder.js';
import type { ExtensionSet, PluginState } from '../../services/ports/extensions.js';
import type { SecretReader } from '../../services/secrets/secret-reader.js';
import type { ActiveExtensions } from '../active-extensions.js';
import type { PluginCrashes } from '../crashes/plugin-crashes.js';
import type { GuardTools } from '../guard/call-guard.js';
import type { LiveInstance } from '../instances/live-instance.js';
import { type MissingSecret, missingSecrets } from '../instances/missing-secrets.js';
import type { PluginPlace } from '../packages/find-packages.js';
import { assembleSet } from './assemble-set.js';
import type { PluginLoader } from './enabled-plugins.js';
import { type ExtensionPlan, planExtensions } from './extension-plan.js';
import type { MatchedEntry, Wording } from './match-entries.js';
import { degraded, pluginFailures, pluginStates } from './plugin-states.js';
import { startInstances, type FailedStart, type StartedInstances } from './start-instances.js';

export interface HostParts {
  readonly loader: PluginLoader;
  readonly places: readonly PluginPlace[];
  readonly tools: GuardTools;
  readonly secrets: () => SecretReader;
  /** What is stored, without values. */
  readonly storedSecrets: () => Promise<readonly SecretKey[]>;
  readonly wording: Wording;
  readonly active: ActiveExtensions;
  readonly crashes: PluginCrashes;
}

/** How long the end of the server waits for the calls in each instance. */
const lastDrainMs = 2_000;

/** Everything of one server's plugins: it loads them, starts their instances and has one set of them in force. */
export class PluginHost implements ExtensionBuilder {
  #live: ReadonlyMap<string, LiveInstance> = new Map();
  /** The entries of what is live. */
  #entries: readonly MatchedEntry[] = [];
  readonly #retiring = new Set<Promise<void>>();

  constructor(private readonly parts: HostParts) {}

  /**
   * Brings the settings in force to life when the server starts.
   * @throws DanubeError `plugins_failed` (invalid) with every failure of everything that is not optional
   */
  async boot(integrations: Integrations, signal: AbortSignal): Promise<void> {
    const outcome = await this.#prepare(integrations, signal, true);
    if (outcome.kind === 'ready') return outcome.prepared.commit();
    const lines = outcome.problems.map(({ path, message, suggestion }) => {
      const advice = suggestion === undefined ? '' : ` (${suggestion})`;
      return `\n  ${formatConfigPath(path)}: ${message}${advice}`;
    });
    throw new DanubeError(
      'plugins_failed',
      `plugins that are not optional keep the server from starting; "danube plugins check" says more:${lines.join('')}`,
      { category: 'invalid', details: { problems: outcome.problems } },
    );
  }

  prepare(integrations: Integrations, signal: AbortSignal): Promise<ExtensionsPreparation> {
    return this.#prepare(integrations, signal, false);
  }

  async check(integrations: Integrations, signal: AbortSignal): Promise<ExtensionsCheck> {
    const { problems, enabled, leftOut } = await this.#plan(integrations, signal, false);
    const states = pluginStates(this.parts.loader.builtIns, enabled, leftOut);
    // a required one that fails is a problem, and is not left out
    const mayFail = states.filter(({ optional, status }) => optional || status !== 'quarantined');
    return { problems, failures: pluginFailures(mayFail) };
  }

  /** How the plugins stand right now. */
  states(): readonly PluginState[] {
    return this.parts.active.current.plugins.map((state) => {
      const crash = state.id === undefined ? undefined : this.parts.crashes.of(state.id);
      return crash === undefined ? state : degraded(state, [crash]);
    });
  }

  /** {@link states}, also with what the store of secrets lacks. */
  async describe(): Promise<readonly PluginState[]> {
    const missing = await this.missingSecrets();
    return this.states().map((state) =>
      degraded(
        state,
        missing.filter((one) => one.package === state.package).map(({ problem }) => problem),
      ),
    );
  }

  async missingSecrets(): Promise<readonly MissingSecret[]> {
    return missingSecrets(this.#entries, await this.parts.storedSecrets());
  }

  /** The running instances that can be asked how they are. */
  healthChecks(): readonly { readonly name: string; readonly check: (signal: AbortSignal) => Promise<void> }[] {
    return [...this.#live.values()]
      .filter((instance) => instance.hasHealthCheck)
      .map((instance) => ({ name: instance.name, check: (signal) => instance.checkHealth(signal) }));
  }

  /** Stops every instance. */
  async stop(): Promise<void> {
    const instances = [...this.#live.values()];
    this.#live = new Map();
    await Promise.all([...this.#retiring, ...instances.map((instance) => instance.stop(lastDrainMs))]);
  }

  async #plan(integrations: Integrations, signal: AbortSignal, checkedBefore: boolean): Promise<ExtensionPlan> {
    const { loader, places, wording } = this.parts;
    const enabled = await loader.load(integrations.plugins, signal);
    return planExtensions(integrations, enabled, places, wording, checkedBefore);
  }

  async #prepare(
    integrations: Integrations,
    signal: AbortSignal,
    checkedBefore: boolean,
  ): Promise<ExtensionsPreparation> {
    const plan = await this.#plan(integrations, signal, checkedBefore);
    if (plan.problems.length > 0) return { kind: 'invalid', problems: plan.problems };
    const { tools, secrets } = this.parts;
    const instances = await startInstances(plan.usable, this.#live, tools, secrets, signal);
    const discard = async () => {
      await Promise.all(instances.fresh.map((instance) => instance.stop(0)));
    };
    const optional = new Set(integrations.plugins.filter((entry) => entry.optional).map((entry) => entry.package));
    const fatal = instances.failed.filter(({ matched }) => !optional.has(matched.contribution.plugin.package));
    if (fatal.length > 0) {
      await discard();
      return { kind: 'invalid', problems: fatal.map(startProblem) };
    }
    const set = this.#assemble(integrations, plan, instances);
    return { kind: 'ready', prepared: { commit: () => this.#commit(set, instances), discard } };
  }

  #assemble(integrations: Integrations, plan: ExtensionPlan, { started, failed }: StartedInstances): ExtensionSet {
    const notStarted = failed.map(({ matched: { section, entry, contribution }, error }) => ({
      package: contribution.plugin.package,
      entry: `${section.key} "${entry.name}"`,
      reason: error.message,
    }));
    const states = pluginStates(this.parts.loader.builtIns, plan.enabled, [...plan.leftOut, ...notStarted]);
    const log = this.parts.tools.loggers.forTarget('danube.plugins');
    for (const { package: name, status, reason } of states) {
      if (status !== 'loaded') log.warn(`a plugin is ${status}`, { plugin: name, reason });
    }
    return assembleSet(integrations, started, states);
  }

  #commit(set: ExtensionSet, { started }: StartedInstances): void {
    const before = this.#live;
    this.#entries = started.map(({ matched }) => matched);
    this.#live = new Map(started.map(({ instance }) => [instance.key, instance]));
    this.parts.active.swap(set);
    for (const [key, instance] of before) {
      if (this.#live.has(key)) continue;
      const stopping = instance.stop(this.parts.tools.limits.drainMs);
      this.#retiring.add(stopping);
      void stopping.then(() => this.#retiring.delete(stopping));
    }
  }
}

function startProblem({ matched: { section, index }, error }: FailedStart): SettingsProblem {
  return {
    path: [section.key, index],
    atKey: false,
    message: `it could not be started: ${error.message}`,
    suggestion: undefined,
  };
}
