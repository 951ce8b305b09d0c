import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const core = 'packages/core/src';

/** For each rule a file that breaks it and no other, with what that file imports. */
const violations = [
  ['plugin-api-stands-alone', 'packages/plugin-api/src/planted.ts', 'node:fs'],
  ['plugin-api-stands-alone', 'packages/plugin-api/src/toolkit/planted.ts', '../testing/index.js'],
  ['conformance-kits-stand-alone', 'packages/plugin-api/src/testing/planted.ts', 'node:fs'],
  ['domain-is-pure', `${core}/domain/job/planted.ts`, '../../services/ports/clock.js'],
  ['domain-is-pure', `${core}/domain/log/planted.ts`, 'node:fs'],
  ['services-know-no-technology', `${core}/services/jobs/planted.ts`, 'koa'],
  ['services-know-no-technology', `${core}/services/ports/planted.ts`, 'node:child_process'],
  ['services-know-no-technology', `${core}/services/config/planted.ts`, '../../adapters/git/git-failure.js'],
  ['adapters-know-no-adapter', `${core}/adapters/http/planted.ts`, '../git/git-failure.js'],
  ['plugins-know-ports-only', `${core}/plugins/planted.ts`, '../adapters/git/git-failure.js'],
  ['plugins-know-ports-only', `${core}/plugins/guard/planted.ts`, 'node:http'],
  [
    'builtin-plugins-know-the-contract-only',
    `${core}/builtin/ssh-key/planted.ts`,
    '../../domain/repository/ref-name.js',
  ],
  ['database-through-persistence-only', `${core}/composition/planted.ts`, 'typeorm'],
  ['driver-in-one-file', `${core}/adapters/persistence/planted.ts`, 'sqlite3'],
  ['kubernetes-client-on-demand', `${core}/adapters/runtime-kubernetes/api/planted.ts`, '@kubernetes/client-node'],
  ['kubernetes-through-its-client', `${core}/adapters/runtime-kubernetes/planted.ts`, 'ws'],
  ['composition-is-the-root', `${core}/adapters/crypto/planted.ts`, '../../composition/create-container.js'],
  ['composition-knows-no-command', `${core}/composition/planted-cli.ts`, '../cli/output/count.js'],
  ['cli-stays-thin', `${core}/cli/commands/planted.ts`, '../../adapters/git/git-failure.js'],
  ['cli-stays-thin', `${core}/cli/client/planted.ts`, '../../services/jobs/start-job.js'],
  ['no-cycles', `${core}/composition/modules/planted.ts`, './planted.js'],
  ['declared-packages-only', `${core}/adapters/git/planted.ts`, 'esbuild'],
  ['production-imports-no-tests', `${core}/adapters/rpc/planted.ts`, '../../../../../tests/support/fake-clock.js'],
] as const;

interface Report {
  readonly summary: {
    readonly violations: readonly { readonly from: string; readonly rule: { readonly name: string } }[];
    readonly ruleSetUsed: { readonly forbidden: readonly { readonly name: string }[] };
  };
}

let copy: string;
let report: Report;

beforeAll(async () => {
  copy = mkdtempSync(join(tmpdir(), 'danube-import-rules-'));
  const parts = ['.dependency-cruiser.mjs', 'package.json', 'tsconfig.base.json', 'tsconfig.check.json'];
  const packages = ['core', 'plugin-api'].flatMap((name) => [`packages/${name}/package.json`, `packages/${name}/src`]);
  for (const part of [...parts, ...packages, 'tests/support']) {
    cpSync(join(root, part), join(copy, part), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  for (const [, file, imported] of violations) {
    // a rule for a folder that is gone would hold for nothing
    if (!existsSync(dirname(join(copy, file)))) throw new Error(`there is no folder for ${file}`);
    writeFileSync(join(copy, file), `import '${imported}';\n`);
  }
  report = await cruise(violations.map(([, file]) => file));
}, 60_000);

afterAll(() => rmSync(copy, { recursive: true }));

function cruise(files: readonly string[]): Promise<Report> {
  const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [program, ...files, '--config', '.dependency-cruiser.mjs', '--output-type', 'json'];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd: copy, maxBuffer: 64 * 1024 * 1024 }, (_error, stdout, stderr) => {
      if (stdout === '') reject(new Error(stderr));
      else resolve(JSON.parse(stdout) as Report);
    });
  });
}

test.each(violations)('%s catches %s importing %s', (rule, file) => {
  const broken = report.summary.violations.filter(({ from }) => from === file).map(({ rule }) => rule.name);
  expect(broken).toEqual([rule]);
});

test('every import rule is tried, and the planted files are all that breaks one', () => {
  const rules = report.summary.ruleSetUsed.forbidden.map(({ name }) => name);
  expect(rules.filter((name) => !violations.some(([rule]) => rule === name))).toEqual([]);
  const breaking = new Set(report.summary.violations.map(({ from }) => from));
  expect([...breaking].sort()).toEqual(violations.map(([, file]) => file as string).sort());
});
