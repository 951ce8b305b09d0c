import { isMaskable, shortestMaskedCharacters } from '../../domain/masking/value-forms.js';
import type { Terminal } from './terminal.js';

const tooShort = `a value of less than ${shortestMaskedCharacters} characters is not hidden in the logs of jobs`;

export function warnIfNotMaskable(terminal: Terminal, value: string): void {
  if (!isMaskable(value)) terminal.err.write(`warning: ${tooShort}\n`);
}
