import type { Terminal } from './terminal.js';

/** One problem of the config repository, as the REST API and the local commands give it. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly path: string;
  readonly message: string;
  readonly suggestion?: string | undefined;
}

/** One line per problem in the form that editors jump to, `file:line:column`, and what to write instead below it. */
export function printProblems({ out, colors }: Terminal, problems: readonly Problem[]): void {
  for (const { file, line, column, path, message, suggestion } of problems) {
    const where = path === '' ? '' : `${colors.dim(`${path}:`)} `;
    out.write(`${colors.bold(`${file}:${line}:${column}:`)} ${where}${message}\n`);
    if (suggestion !== undefined) out.write(`  ${colors.dim(suggestion)}\n`);
  }
}
