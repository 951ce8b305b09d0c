import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { root, runCommand } from './command.mjs';

const vitest = path.join(root, 'node_modules/.bin/vitest');

/**
 * Runs the tests of one project of vitest.config.ts, or those of them that are named, and shows what they say.
 * @returns {Promise<{ passed: number, failed: number, skipped: number, failures: string[] }>} `failures` is for people
 */
export async function runTests(project, files = []) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'danube-test-'));
  const report = path.join(folder, 'report.json');
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const { code, output } = await runCommand(vitest, ['run', '--project', project, ...reporters, ...files], {
      show: true,
    });
    if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0, failures: [explanation(output)] };
    const counts = count(JSON.parse(await readFile(report, 'utf8')), code);
    return { ...counts, failures: counts.failed > 0 ? [explanation(output)] : [] };
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

/** What vitest says of failures once all tests are over, else the last that it said. */
function explanation(output) {
  const start = output.search(/ Failed Suites | Failed Tests | Unhandled Errors /);
  return output.slice(start < 0 ? -4000 : start);
}

export function summary({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
