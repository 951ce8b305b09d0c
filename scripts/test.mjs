import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { build } from './build.mjs';
import { checkTools } from './check-tools.mjs';
import { Failure, root, runAsScript, runCommand, seconds } from './command.mjs';
import { install } from './install.mjs';
import { testPython } from './test-python.mjs';

const bin = (name) => path.join(root, 'node_modules/.bin', name);

/** Every phase answers how many tests it ran; one that checks without counting answers zeros, and fails as one. */
const phases = [
  ['tools', () => checked(checkTools)],
  ['install', () => checked(install)],
  ['build', () => checked(build)],
  ['lint', () => quietly(bin('eslint'), ['.'])],
  ['import rules', () => quietly(bin('depcruise'), ['packages', 'tests', '--config', '.dependency-cruiser.mjs'])],
  ['format', () => quietly(bin('prettier'), ['--check', '.', '--log-level', 'warn'])],
  ['types', () => quietly(bin('tsc'), ['-p', 'tsconfig.check.json', '--noEmit'])],
  ['TypeScript tests', testTypeScript],
  ['Python tests', testPython],
];
/** Without these there is nothing to go on with. */
const prerequisites = new Set(['tools', 'install', 'build']);

await runAsScript(import.meta.url, async () => {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const [name, run] of phases) {
    const started = performance.now();
    const result = await run();
    for (const key of Object.keys(total)) total[key] += result[key];
    const counts = result.passed + result.failed > 0 ? `, ${summary(result)}` : '';
    process.stdout.write(`${result.failed > 0 ? '✖' : '✔'} ${name} (${seconds(started)}${counts})\n`);
    if (result.failed > 0 && prerequisites.has(name)) break;
  }
  if (total.passed === 0 || total.failed > 0) process.exitCode = 1;
  process.stdout.write(`${summary(total)}\n`);
});

function summary({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

async function checked(check) {
  try {
    await check();
    return { passed: 0, failed: 0, skipped: 0 };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    process.stdout.write(`error: ${error.message}\n`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

/** Shows what the command said only where it failed. */
function quietly(command, args) {
  return checked(async () => {
    const { code, output } = await runCommand(command, args);
    if (code !== 0) throw new Failure(`${path.basename(command)} found problems:\n${output.trimEnd()}`);
  });
}

async function testTypeScript() {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'danube-test-'));
  const report = path.join(folder, 'report.json');
  try {
    const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const { code } = await runCommand(bin('vitest'), args, { show: true });
    if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
    return count(JSON.parse(await readFile(report, 'utf8')), code);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function count(report, code) {
  // a file that cannot be loaded has no tests to fail, and an error outside of any test belongs to none
  const unloaded = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  const failed = report.numFailedTests + unloaded.length;
  return {
    passed: report.numPassedTests,
    failed: code !== 0 && failed === 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}
