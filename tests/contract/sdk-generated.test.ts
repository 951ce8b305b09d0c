import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const generated = join('sdk', 'src', 'danube', '_generated');
const protocRelease = 'libprotoc 3.21.';
const protoc = spawnSync('protoc', ['--version'], { encoding: 'utf8' });
const plugin = spawnSync('sh', ['-c', 'command -v grpc_python_plugin']);
const canGenerate = protoc.status === 0 && protoc.stdout.startsWith(protocRelease) && plugin.status === 0;

if (!canGenerate) {
  process.stderr.write(
    `generated Python: not compared with proto/, because ${protocRelease}x or its plugin is missing\n`,
  );
}

test.skipIf(!canGenerate)('the generated Python is that of proto/', () => {
  const copy = mkdtempSync(join(tmpdir(), 'danube-generated-'));
  for (const part of ['proto', 'sdk/generate.sh', 'sdk/src/danube/_generated/__init__.py']) {
    cpSync(join(root, part), join(copy, part), { recursive: true });
  }
  execFileSync(join(copy, 'sdk', 'generate.sh'));
  for (const file of readdirSync(join(copy, generated))) {
    expect(readFileSync(join(copy, generated, file), 'utf8')).toBe(readFileSync(join(root, generated, file), 'utf8'));
  }
  rmSync(copy, { recursive: true });
});
