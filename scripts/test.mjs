import path from 'node:path';
import { build } from './build.mjs';
import { checkTools } from './check-tools.mjs';
import { Failure, root, runAsScript, runCommand, seconds } from './command.mjs';
import { install } from './install.mjs';
import { runTests, summary } from './run-tests.mjs';
import { testPython } from './test-python.mjs';

const bin = (name) => path.join(root, 'node_modules/.bin', name);

/** Every phase answers how many tests it ran and what failed; one that checks without counting answers zeros, and fails as one. */
const phases = [
  ['tools', () => checked(checkTools)],
  ['install', () => checked(install)],
  ['build', () => checked(build)],
  ['lint', () => quietly(bin('eslint'), ['.'])],
  ['import rules', () => quietly(bin('depcruise'), ['packages', 'tests', '--config', '.dependency-cruiser.mjs'])],
  ['format', () => quietly(bin('prettier'), ['--check', '.', '--log-level', 'warn'])],
  ['types', () => quietly(bin('tsc'), ['-p', 'tsconfig.check.json', '--noEmit'])],
  ['types of the web interface', () => quietly(bin('tsc'), ['-p', 'ui'])],
  ['tests of the web interface', () => runTests('ui')],
  ['TypeScript tests', () => runTests('local')],
  ['tests with jobs in pods', () => runTests('kubernetes')],
  ['Python tests', testPython],
];
/** Without these there is nothing to go on with. */
const prerequisites = new Set(['tools', 'install', 'build']);

await runAsScript(import.meta.url, async () => {
  const total = { passed: 0, failed: 0, skipped: 0 };
  const failures = [];
  for (const [name, run] of phases) {
    const started = performance.now();
    const result = await run();
    for (const key of Object.keys(total)) total[key] += result[key];
    const counts = result.passed + result.failed > 0 ? `, ${summary(result)}` : '';
    process.stdout.write(`${result.failed > 0 ? '✖' : '✔'} ${name} (${seconds(started)}${counts})\n`);
    failures.push(...result.failures.map((failure) => `${name}: ${failure}`));
    if (result.failed > 0 && prerequisites.has(name)) break;
  }
  // once more at the end, in short: a record of a long run often keeps no more than that
  for (const failure of failures) process.stdout.write(`\n✖ ${failure.split('\n').slice(0, 100).join('\n  ')}\n`);
  if (total.passed === 0 || total.failed > 0) process.exitCode = 1;
  process.stdout.write(`${summary(total)}\n`);
});

async function checked(check) {
  try {
    await check();
    return { passed: 0, failed: 0, skipped: 0, failures: [] };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    process.stdout.write(`error: ${error.message}\n`);
    return { passed: 0, failed: 1, skipped: 0, failures: [error.message] };
  }
}

/** Shows what the command said only where it failed. */
function quietly(command, args) {
  return checked(async () => {
    const { code, output } = await runCommand(command, args);
    if (code !== 0) throw new Failure(`${path.basename(command)} found problems:\n${output.trimEnd()}`);
  });
}
