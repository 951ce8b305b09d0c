import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';

const kits = pathToFileURL(
  fileURLToPath(new URL('../../../packages/plugin-api/dist/testing/index.js', import.meta.url)),
);

/** A program of an author who uses the compiled package, with another test runner than ours. */
const program = (runner: string) => `
import { runConformance } from '${kits.href}';
${runner}
const invalid = Object.assign(new Error('say "build NAME"'), { code: 'build_step_invalid', category: 'invalid', retryable: false });
Object.defineProperty(invalid, Symbol.for('danube.error'), { value: true });
const step = (command) => ({ name: 'image', command, image: undefined });
const builder = {
  type: 'example',
  configSchema: { type: 'object', additionalProperties: false, properties: {} },
  create: () => ({
    handles: ({ command }) => command.startsWith(process.env.PREFIX),
    plan: ({ command }) => {
      if (command === 'build') throw invalid;
      return { image: 'example.com/builder:1', argv: command.split(' '), env: {}, files: [] };
    },
  }),
};
const samples = {
  prepare: async () => ({ config: {} }),
  handled: [step('build a'), step('build b')],
  passed: [step('make')],
  invalid: [step('build')],
};
const packageFile = new URL('package.json', import.meta.url);
runConformance(test, { id: 'example', builders: [builder] }, { packageFile, builders: { example: samples } });
${runner.includes('checks') ? 'await run();' : ''}`;

const nodeTest = `import { test } from 'node:test';`;
/** As mocha does it: register first, run then. */
const ownRunner = `
const checks = [];
const test = (name, body) => { checks.push([name, body]); };
const run = async () => {
  for (const [name, body] of checks) await body().catch(() => { process.exitCode = 1; console.log('not ok', name); });
};`;

/** `types`: what the manifest says that the plugin adds to `builders`. */
function execute(
  runner: string,
  prefix: string,
  types = ['example'],
): Promise<{ readonly code: number; readonly output: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'danube-kits-'));
  const file = join(folder, 'own.test.mjs');
  writeFileSync(file, program(runner));
  const danube = { id: 'example', contributes: { builders: types } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module', danube }));
  const env = { PATH: process.env['PATH'], PREFIX: prefix };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [file], { env }, (_error, stdout, stderr) => {
      rmSync(folder, { recursive: true });
      resolve({ code: child.exitCode ?? -1, output: stdout + stderr });
    });
  });
}

test.each([
  ['node:test', nodeTest],
  ['a runner that collects', ownRunner],
])('the compiled kits run in %s', async (_name, runner) => {
  const right = await execute(runner, 'build');
  expect(right.code, right.output).toBe(0);
  const wrong = await execute(runner, 'make');
  expect(wrong.code).toBe(1);
  expect(wrong.output).toMatch(/builders example: handles says yes to its own steps and no to others/);
  const hidden = await execute(runner, 'build', ['other']);
  expect(hidden.code).toBe(1);
  expect(hidden.output).toMatch(/manifest example: danube.contributes names what the plugin adds, and nothing else/);
});
