import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { Terminal } from '../output/terminal.js';

/** Asks for one line that is not shown while it is typed; undefined where the person ends it by Ctrl-C or Ctrl-D. */
export async function askHidden({ in: input, err }: Terminal, question: string): Promise<string | undefined> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  err.write(question);
  // as a terminal, so that the line can be edited and the real one echoes nothing
  const lines = createInterface({ input, output: nowhere, terminal: true, historySize: 0 });
  try {
    return await new Promise<string | undefined>((resolve) => {
      lines.once('line', resolve);
      lines.once('SIGINT', () => resolve(undefined));
      lines.once('close', () => resolve(undefined));
    });
  } finally {
    lines.close();
    err.write('\n');
  }
}
