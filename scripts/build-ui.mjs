import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { Failure, root, runCommand } from './command.mjs';

const vite = path.join(root, 'node_modules/.bin/vite');

/** Smaller files fit into one packet as they are. */
const leastBytes = 1024;
const compressors = [
  ['.br', (bytes) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } })],
  ['.gz', (bytes) => promisify(gzip)(bytes, { level: 9 })],
];

/** Bundles the web interface, and compresses it as far as it goes, so that no request has to. */
export async function buildUi(outDir) {
  // as a process of its own: it sets NODE_ENV, which tests that run after the build must not inherit
  const options = ['--outDir', outDir, '--emptyOutDir', '--logLevel', 'warn'];
  const { code, output } = await runCommand(vite, ['build', path.join(root, 'ui'), ...options]);
  if (code !== 0) throw new Failure(`vite could not bundle the web interface:\n${output.trimEnd()}`);
  const entries = await readdir(outDir, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  await Promise.all(files.map(compress));
}

async function compress(file) {
  const bytes = await readFile(file);
  if (bytes.length < leastBytes) return;
  for (const [suffix, compressor] of compressors) await writeFile(file + suffix, await compressor(bytes));
}
