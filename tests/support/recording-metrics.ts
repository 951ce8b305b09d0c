import type { Metrics } from '@danube/core/services/ports/metrics.js';

type Labels = Readonly<Record<string, string>>;

/** Adds up what is reported, by name and labels as `name{label="value"}`. */
export class RecordingMetrics implements Metrics {
  readonly values = new Map<string, number>();

  count(name: string, labels: Labels = {}, by = 1): void {
    this.values.set(series(name, labels), this.get(name, labels) + by);
  }

  observe(name: string, _seconds: number, labels: Labels = {}): void {
    this.count(`${name}_count`, labels);
  }

  set(name: string, value: number, labels: Labels = {}): void {
    this.values.set(series(name, labels), value);
  }

  get(name: string, labels: Labels = {}): number {
    return this.values.get(series(name, labels)) ?? 0;
  }
}

function series(name: string, labels: Labels): string {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}="${value}"`);
  return pairs.length === 0 ? name : `${name}{${pairs.sort().join(',')}}`;
}
