import type { Terminal } from './terminal.js';

/** A plugin that is left out, or works in part, as the REST API shows it. */
export interface PluginFailureView {
  readonly package: string;
  readonly status: 'degraded' | 'quarantined';
  readonly reason: string;
}

/** One line for each plugin of a configuration that not all of can be used. */
export function printPluginFailures(terminal: Terminal, failures: readonly PluginFailureView[]): void {
  const { yellow } = terminal.colors;
  for (const { package: name, status, reason } of failures) {
    const what = status === 'quarantined' ? 'is left out' : 'works in part';
    terminal.out.write(`${yellow(`plugin ${name} ${what}:`)} ${reason}\n`);
  }
}
