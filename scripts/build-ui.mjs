import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { root } from './command.mjs';

/** Smaller files fit into one packet as they are. */
const leastBytes = 1024;
const compressors = [
  ['.br', (bytes) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } })],
  ['.gz', (bytes) => promisify(gzip)(bytes, { level: 9 })],
];

/** Bundles the web interface, and compresses it as far as it goes, so that no request has to. */
export async function buildUi(outDir) {
  // only here: the packages may not have been installed when this file is loaded
  const { build } = await import('vite');
  await build({ root: path.join(root, 'ui'), logLevel: 'warn', build: { outDir, emptyOutDir: true } });
  const entries = await readdir(outDir, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  await Promise.all(files.map(compress));
}

async function compress(file) {
  const bytes = await readFile(file);
  if (bytes.length < leastBytes) return;
  for (const [suffix, compressor] of compressors) await writeFile(file + suffix, await compressor(bytes));
}
