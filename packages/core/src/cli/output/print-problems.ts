import type { ConfigProblem } from '../../domain/config/configuration.js';
import { formatProblem } from '../../domain/config/format-problem.js';
import type { Terminal } from './terminal.js';

/** One line per problem, in the form that editors and CI annotations jump to. */
export function printProblems(terminal: Terminal, problems: readonly ConfigProblem[]): void {
  for (const problem of problems) terminal.out.write(`${formatProblem(problem)}\n`);
}
