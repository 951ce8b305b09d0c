import { count } from './count.js';
import type { Terminal } from './terminal.js';

/** Here is no key that opens sealed values, so that more than their form cannot be checked. */
export function tellSealedSecrets(terminal: Terminal, secrets: number): void {
  if (secrets === 0) return;
  terminal.err.write(`whether ${count(secrets, 'sealed secret')} can be opened is seen by the server alone\n`);
}
