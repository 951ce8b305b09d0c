import type { DeliveryDetails, DeliveryView, ListedDelivery } from '../client/delivery-types.js';
import { formatAge } from './format-time.js';
import { printTable } from './table.js';
import type { Terminal } from './terminal.js';

/** Received webhooks as a table; `now` in milliseconds gives their age. */
export function printDeliveries(terminal: Terminal, deliveries: readonly ListedDelivery[], now: number): void {
  printTable(
    terminal,
    [
      { title: 'RECEIVED', text: (delivery) => formatAge(now - Date.parse(delivery.received_at)) },
      { title: 'FORGE', text: (delivery) => delivery.forge },
      { title: 'REPOSITORY', text: (delivery) => delivery.repository ?? '-' },
      { title: 'WHAT', text: (delivery) => describeOutcome(terminal, delivery) },
      { title: 'PIPELINES', text: (delivery) => describeCounts(delivery.verdict_counts) },
      { title: 'ID', text: (delivery) => terminal.colors.dim(delivery.id) },
    ],
    deliveries,
  );
}

/** One received webhook: its facts, then a line for each pipeline. */
export function printDelivery(terminal: Terminal, delivery: DeliveryDetails): void {
  const { bold, dim } = terminal.colors;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Forge', delivery.forge],
    ['Forge id', delivery.forge_delivery_id],
    ['Source', delivery.source],
    ['Replay of', delivery.replay_of],
    ['Received', delivery.received_at],
    ['Repository', delivery.repository],
    ['Ref', delivery.ref],
    ['Commit', delivery.commit],
    ['Outcome', describeOutcome(terminal, delivery)],
  ];
  terminal.out.write(`${bold(delivery.id)}\n`);
  for (const [name, value] of facts) if (value !== undefined) terminal.out.write(`${dim(name.padEnd(10))}  ${value}\n`);
  if (delivery.verdicts.length === 0) return;
  terminal.out.write('\n');
  printTable(
    terminal,
    [
      { title: 'PIPELINE', text: (verdict) => verdict.pipeline_id },
      { title: 'VERDICT', text: (verdict) => paintOutcome(terminal, verdict.outcome) },
      { title: 'WHY', text: (verdict) => verdict.reason },
      { title: 'JOB', text: (verdict) => verdict.job_id ?? '' },
    ],
    delivery.verdicts,
  );
}

function describeOutcome(terminal: Terminal, delivery: DeliveryView): string {
  const { status, next_attempt_at: next, reason = '' } = delivery;
  if (next !== undefined) return `is tried again at ${next}: ${reason}`;
  if (status === 'received') return 'waits to be worked on';
  return status === 'failed' ? `${terminal.colors.red('failed')}: ${reason}` : reason;
}

function describeCounts(counts: Readonly<Record<string, number>>): string {
  const some = Object.entries(counts).filter(([, count]) => count > 0);
  return some.map(([outcome, count]) => `${count} ${outcome}`).join(', ') || '-';
}

function paintOutcome({ colors }: Terminal, outcome: string): string {
  if (outcome === 'triggered') return colors.green(outcome);
  return outcome === 'rejected' ? colors.red(outcome) : outcome;
}
