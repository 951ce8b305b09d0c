import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { metricTable, type MetricDeclaration } from './metric-table.js';
import { metricsReference } from './metrics-reference.js';
import { PrometheusMetrics } from './prometheus-metrics.js';

const declarations = Object.entries<MetricDeclaration>(metricTable);

test('every declared metric is rendered with its type and help, and nothing else is called danube_', async () => {
  const { text, contentType } = await new PrometheusMetrics('1.2.3').render();
  expect(contentType).toMatch(/^text\/plain; version=0\.0\.4/);
  for (const [name, { type, help }] of declarations) {
    expect(text).toContain(`# TYPE ${name} ${type}\n`);
    expect(text).toContain(`# HELP ${name} ${help}\n`);
  }
  const rendered = [...text.matchAll(/^# TYPE (danube_\w+) /gm)].map((match) => match[1]);
  expect(rendered.sort()).toEqual(declarations.map(([name]) => name).sort());
  expect(text).toContain('danube_build_info{version="1.2.3"} 1\n');
  expect(text).toMatch(/^danube_uptime_seconds [\d.]+$/m);
  expect(text).toMatch(/^process_resident_memory_bytes \d+/m);
});

test('counts, durations and gauges arrive with their labels', async () => {
  const metrics = new PrometheusMetrics('1');
  metrics.count('danube_jobs_total', { status: 'success' });
  metrics.count('danube_jobs_total', { status: 'success' }, 2);
  metrics.observe('danube_job_duration_seconds', 0.7);
  metrics.beforeRendering(async () => {
    await Promise.resolve();
    metrics.set('danube_jobs_unfinished', 4, { status: 'pending' });
  });
  const { text } = await metrics.render();
  expect(text).toContain('danube_jobs_total{status="success"} 3\n');
  expect(text).toContain('danube_job_duration_seconds_bucket{le="0.5"} 0\n');
  expect(text).toContain('danube_job_duration_seconds_bucket{le="1"} 1\n');
  expect(text).toContain('danube_jobs_unfinished{status="pending"} 4\n');
});

test('a name, type or label that is not declared is an error', () => {
  const metrics = new PrometheusMetrics('1');
  expect(() => metrics.count('danube_nothing')).toThrow(/no counter called danube_nothing/);
  expect(() => metrics.set('danube_jobs_total', 1)).toThrow(/no gauge called danube_jobs_total/);
  expect(() => metrics.count('danube_jobs_total', { colour: 'red' })).toThrow(/label/);
});

test('a counter may be declared later, once for each meaning and never over another metric', async () => {
  const metrics = new PrometheusMetrics('1');
  for (let time = 0; time < 2; time += 1) metrics.declareCounter('danube_x_sent_total', 'Sent.', ['kind']);
  metrics.count('danube_x_sent_total', { kind: 'a' });
  expect((await metrics.render()).text).toContain('# HELP danube_x_sent_total Sent.');
  expect((await metrics.render()).text).toContain('danube_x_sent_total{kind="a"} 1\n');
  const taken = expect.objectContaining({ code: 'metric_name_taken' }) as Error;
  expect(() => metrics.declareCounter('danube_x_sent_total', 'Sent.', [])).toThrow(taken);
  expect(() => metrics.declareCounter('danube_jobs_total', 'Mine.', ['status'])).toThrow(taken);
});

test('two instances do not share counts', async () => {
  const first = new PrometheusMetrics('1');
  first.count('danube_log_bytes_total', {}, 7);
  expect((await new PrometheusMetrics('1').render()).text).toContain('danube_log_bytes_total 0\n');
});

test('docs/reference/metrics.md is what the table says', () => {
  const file = new URL('../../../../../../docs/reference/metrics.md', import.meta.url);
  expect(readFileSync(file, 'utf8')).toBe(metricsReference());
});
