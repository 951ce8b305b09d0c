import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buildUi } from './build-ui.mjs';
import { bundle } from './bundle.mjs';
import { Failure, root, runAsScript, runCommand, seconds } from './command.mjs';
import { install } from './install.mjs';

const dist = path.join(root, 'packages/core/dist');
const stampPath = path.join(dist, 'bundle/.stamp');
const inputs = [
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.base.json',
  'proto',
  'packages',
  'ui',
  'scripts/bundle.mjs',
  'scripts/build-ui.mjs',
];
const notInputs = new Set(['dist', 'node_modules']);

/** Compiles and bundles, unless nothing has changed since the last time. */
export async function build() {
  await install();
  const stamp = await fingerprint();
  if ((await readFile(stampPath, 'utf8').catch(() => '')) === stamp) return;
  const started = performance.now();
  // a build that fails leaves nothing that would run in its place
  await rm(path.join(dist, 'bundle'), { recursive: true, force: true });
  await compile();
  await bundle(path.join(dist, 'cli/main.js'), path.join(dist, 'bundle'));
  await cp(path.join(root, 'proto'), path.join(dist, 'proto'), { recursive: true });
  await buildUi(path.join(dist, 'web-ui'));
  await mkdir(path.dirname(stampPath), { recursive: true });
  await writeFile(stampPath, stamp);
  process.stdout.write(`built in ${seconds(started)}\n`);
}

/** Only tsc compiles TypeScript: the decorator metadata that injection and the database rely on comes from it. */
async function compile() {
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
  const { code, output } = await runCommand(process.execPath, [tsc, '-b']);
  if (code !== 0) throw new Failure(`the TypeScript compiler found problems:\n${output.trimEnd()}`);
}

/** Names, sizes and times of everything that the build reads. */
async function fingerprint() {
  const hash = createHash('sha256');
  for (const input of inputs) await addToHash(hash, path.join(root, input));
  return hash.digest('hex');
}

async function addToHash(hash, file) {
  const facts = await stat(file);
  if (!facts.isDirectory()) {
    hash.update(`${path.relative(root, file)} ${facts.size} ${facts.mtimeMs}\n`);
    return;
  }
  const names = (await readdir(file)).filter((name) => !notInputs.has(name)).sort();
  for (const name of names) await addToHash(hash, path.join(file, name));
}

await runAsScript(import.meta.url, build);
