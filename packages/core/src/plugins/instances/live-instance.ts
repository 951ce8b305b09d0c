import { grantedSecrets, type ExtensionPoint, type InstanceOf, type PluginInstance } from '@danube/plugin-api';
import { CallGuard, type GuardTools } from '../guard/call-guard.js';
import { guardInstance } from '../guard/guard-instance.js';
import { contributionContext } from './contribution-context.js';
import type { IntegrationEntry } from '../../domain/config/integrations.js';
import type { LoadedContribution } from '../loading/loaded-plugin.js';
import { sectionKey } from '../extensions/sections.js';
import { readNothing } from '../answers/read-answer.js';
import { readInstance } from '../answers/read-instance.js';
import type { SecretReader } from '../../services/secrets/secret-reader.js';

/** Equal keys mean that a running instance already is what the entry asks for. */
export function instanceKey({ plugin, point }: LoadedContribution, { type, name, config }: IntegrationEntry): string {
  return JSON.stringify([plugin.package, plugin.version, point, type, name, config]);
}

/** One instance of a plugin from its creation to its stop. */
export class LiveInstance {
  readonly #guard: CallGuard;
  readonly #raw: PluginInstance;
  readonly #guarded: InstanceOf[ExtensionPoint];
  #stopping: Promise<void> | undefined;

  /** @throws DanubeError `plugin_failed`, `plugin_answer_invalid` where it cannot be made from the entry */
  constructor(
    readonly key: string,
    readonly origin: LoadedContribution,
    readonly entry: IntegrationEntry,
    tools: GuardTools,
    secrets: () => SecretReader,
  ) {
    const { plugin, point, contribution } = origin;
    this.#guard = new CallGuard(plugin.id, point, tools);
    const facts = {
      plugin: plugin.id,
      entry: this.name,
      counters: contribution.counters ?? {},
      granted: grantedSecrets(contribution.configSchema, entry.config),
    };
    const context = contributionContext(facts, tools, secrets);
    const config = structuredClone(entry.config) as never;
    this.#raw = this.#guard.sync(
      'create',
      () => contribution.create(config, context),
      (answer) => readInstance(point, answer),
    );
    this.#guarded = guardInstance(point, this.#raw as never, this.#guard);
  }

  /** With every call guarded. */
  as<Point extends ExtensionPoint>(_point: Point): InstanceOf[Point] {
    return this.#guarded as InstanceOf[Point];
  }

  async start(signal: AbortSignal): Promise<void> {
    if (this.#raw.start === undefined) return;
    const { startMs } = this.#guard.tools.limits;
    await this.#guard.async('start', async ({ signal }) => this.#raw.start?.(signal), readNothing, signal, startMs);
  }

  /** As an administrator finds it: `forges "github"`. */
  get name(): string {
    return `${sectionKey(this.origin.point)} "${this.entry.name}"`;
  }

  get hasHealthCheck(): boolean {
    return this.#raw.checkHealth !== undefined;
  }

  async checkHealth(signal: AbortSignal): Promise<void> {
    await this.#guard.async('checkHealth', async ({ signal }) => this.#raw.checkHealth?.(signal), readNothing, signal);
  }

  /** Lets the calls in it end, for as long as the limit allows, and stops it. Idempotent; never rejects. */
  stop(drainMs: number): Promise<void> {
    this.#stopping ??= this.#stop(drainMs);
    return this.#stopping;
  }

  async #stop(drainMs: number): Promise<void> {
    const { limits, loggers } = this.#guard.tools;
    await this.#guard.drained(drainMs);
    if (this.#raw.stop === undefined) return;
    try {
      await this.#guard.async('stop', async () => this.#raw.stop?.(), readNothing, undefined, limits.stopMs);
    } catch (error) {
      const { plugin, point } = this.origin;
      loggers.forTarget('danube.plugins').warn('an instance did not stop', { plugin: plugin.id, point, error });
    }
  }
}
