import { existsSync } from 'node:fs';
import path from 'node:path';
import { root, runCommand } from './command.mjs';

/** Runs the tests of the Python SDK with nothing but the standard library. */
export async function testPython() {
  const sdk = path.join(root, 'sdk');
  if (!existsSync(path.join(sdk, 'tests'))) return { passed: 0, failed: 0, skipped: 0, failures: [] };
  const { code, output } = await runCommand('python3', ['-m', 'unittest', 'discover', '-s', 'tests', '-t', '.'], {
    cwd: sdk,
    env: { ...process.env, PYTHONPATH: path.join(sdk, 'src'), PYTHONDONTWRITEBYTECODE: '1' },
  });
  const result = count(output, code);
  if (result.failed > 0) process.stdout.write(output);
  return { ...result, failures: result.failed > 0 ? [output] : [] };
}

/** Reads unittest's last lines: `Ran 12 tests in 0.1s` and `FAILED (failures=1, errors=2, skipped=3)`. */
function count(output, code) {
  const ran = Number(/^Ran (\d+) tests?/m.exec(output)?.[1] ?? 0);
  const verdict = /^(?:OK|FAILED)(?: \((.*)\))?$/m.exec(output)?.[1] ?? '';
  const named = (name) => Number(new RegExp(`(?:^|, )${name}=(\\d+)`).exec(verdict)?.[1] ?? 0);
  const broken = named('failures') + named('errors') + named('unexpected successes');
  const failed = code !== 0 && broken === 0 ? 1 : broken;
  const skipped = named('skipped');
  return { passed: Math.max(0, ran - broken - skipped), failed, skipped };
}
