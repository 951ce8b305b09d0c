import { DanubeError } from '@danube/plugin-api';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { CounterRegistry } from '../../../services/ports/counter-registry.js';
import type { Metrics } from '../../../services/ports/metrics.js';
import { metricTable, type MetricDeclaration } from './metric-table.js';

type Labels = Readonly<Record<string, string>>;

/** Metrics in a registry of its own, so that two servers in one process do not share counts. */
export class PrometheusMetrics implements Metrics, CounterRegistry {
  readonly #registry = new Registry();
  readonly #counters = new Map<string, Counter>();
  readonly #gauges = new Map<string, Gauge>();
  readonly #histograms = new Map<string, Histogram>();
  readonly #refreshers: (() => Promise<void>)[] = [];
  /** Counters that came later, by name, with all that was said about them. */
  readonly #later = new Map<string, string>();

  constructor(version: string) {
    for (const [name, declaration] of Object.entries(metricTable)) this.#declare(name, declaration);
    collectDefaultMetrics({ register: this.#registry });
    this.set('danube_build_info', 1, { version });
  }

  /** `refresh` runs before each rendering, for gauges that are read rather than counted. */
  beforeRendering(refresh: () => Promise<void>): void {
    this.#refreshers.push(refresh);
  }

  /** Everything in the text format of Prometheus. */
  async render(): Promise<{ readonly contentType: string; readonly text: string }> {
    this.set('danube_uptime_seconds', process.uptime());
    await Promise.all(this.#refreshers.map((refresh) => refresh()));
    return { contentType: this.#registry.contentType, text: await this.#registry.metrics() };
  }

  declareCounter(name: string, help: string, labels: readonly string[]): void {
    const declaration = JSON.stringify([help, labels]);
    if (this.#later.get(name) === declaration) return;
    if (this.#registry.getSingleMetric(name) !== undefined) {
      throw new DanubeError('metric_name_taken', `there is another metric called "${name}"`, { category: 'conflict' });
    }
    this.#declare(name, { type: 'counter', help, labels });
    this.#later.set(name, declaration);
  }

  count(name: string, labels: Labels = {}, by = 1): void {
    declared(this.#counters, name, 'counter').inc(labels, by);
  }

  observe(name: string, seconds: number, labels: Labels = {}): void {
    declared(this.#histograms, name, 'histogram').observe(labels, seconds);
  }

  set(name: string, value: number, labels: Labels = {}): void {
    declared(this.#gauges, name, 'gauge').set(labels, value);
  }

  #declare(name: string, { type, help, labels = [], buckets = [] }: MetricDeclaration): void {
    const common = { name, help, labelNames: [...labels], registers: [this.#registry] };
    if (type === 'counter') this.#counters.set(name, new Counter(common));
    else if (type === 'gauge') this.#gauges.set(name, new Gauge(common));
    else this.#histograms.set(name, new Histogram({ ...common, buckets: [...buckets] }));
  }
}

function declared<T>(metrics: ReadonlyMap<string, T>, name: string, type: string): T {
  const metric = metrics.get(name);
  if (!metric) throw new Error(`there is no ${type} called ${name}: declare it in metric-table.ts`);
  return metric;
}
