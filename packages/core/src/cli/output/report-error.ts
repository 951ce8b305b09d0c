import { isDanubeError } from '@danube/plugin-api';
import type { Terminal } from './terminal.js';

/** What to do next, where the message alone cannot know that it was read on a command line. */
const hints: Readonly<Record<string, string>> = {
  unauthenticated:
    'give a token with --token or DANUBE_TOKEN; on the server’s own machine it stands in <data_dir>/keys/admin.token',
  server_unreachable: 'start a server with "danube serve", or name another with --server or DANUBE_SERVER',
};

/** Prints one clear line, then what to do next; the stack only with DANUBE_DEBUG=1. */
export function reportError(terminal: Terminal, error: unknown): void {
  const { red, dim } = terminal.errColors;
  const code = isDanubeError(error) ? error.code : undefined;
  const suffix = code === undefined ? '' : ` ${dim(`(${code})`)}`;
  terminal.err.write(`${red('error:')} ${messageOf(error)}${suffix}\n`);
  const hint = hintFor(error);
  if (hint !== undefined) terminal.err.write(`${dim('next:')} ${hint}\n`);
  if (terminal.env['DANUBE_DEBUG'] === '1' && error instanceof Error) terminal.err.write(`${error.stack ?? ''}\n`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function hintFor(error: unknown): string | undefined {
  if (!isDanubeError(error)) return 'run it again with DANUBE_DEBUG=1 to see where this came from';
  return hints[error.code] ?? (error.category === 'unauthenticated' ? hints['unauthenticated'] : undefined);
}
