import { DanubeError } from '@danube/plugin-api';
import { isConfigPath, maxConfigFileBytes, type ConfigFile } from '../../services/ports/config-source.js';
import { localFailure } from './git-failure.js';
import type { GitRunner } from './git-runner.js';

interface TreeEntry {
  readonly path: string;
  readonly blobId: string;
  readonly size: number;
}

const timeoutMs = 120_000;
const maxTreeBytes = 64 * 1024 * 1024;
const maxTotalBytes = 256 * 1024 * 1024;

/** Regular files only: a link could point anywhere. */
function parseTree(listing: string): readonly TreeEntry[] {
  return listing.split('\0').flatMap((record) => {
    const match = /^100\d{3} blob ([0-9a-f]+) +(\d+)\t([\s\S]+)$/.exec(record);
    if (match === null) return [];
    const [, blobId = '', size = '', path = ''] = match;
    return isConfigPath(path) ? [{ path, blobId, size: Number(size) }] : [];
  });
}

/** Cuts the output of `git cat-file --batch`: a header line, the content and a line end for each object. */
function parseBatch(output: Buffer): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (let offset = 0; offset < output.length;) {
    const headerEnd = output.indexOf(0x0a, offset);
    const [blobId = '', , size = '0'] = output.toString('latin1', offset, headerEnd).split(' ');
    const start = headerEnd + 1;
    const end = start + Number(size);
    texts.set(blobId, output.toString('utf8', start, end));
    offset = end + 1;
  }
  return texts;
}

/** The configuration files of a commit in a bare repository, in two processes whatever their number. */
export async function readTree(
  runner: GitRunner,
  gitDir: string,
  commit: string,
  signal: AbortSignal,
): Promise<readonly ConfigFile[]> {
  const tree = await runner.run({
    args: [`--git-dir=${gitDir}`, 'ls-tree', '-r', '-z', '-l', '--full-tree', commit],
    maxOutputBytes: maxTreeBytes,
    timeoutMs,
    signal,
  });
  if (tree.exitCode !== 0) throw localFailure('listing the config repository', tree);
  const entries = parseTree(tree.stdout.toString());
  const readable = entries.filter((entry) => entry.size <= maxConfigFileBytes);
  const total = readable.reduce((sum, entry) => sum + entry.size, 0);
  if (total > maxTotalBytes) {
    throw new DanubeError(
      'config_repository_too_large',
      `the configuration files are ${total} bytes together; at most ${maxTotalBytes} are read`,
      { category: 'invalid' },
    );
  }
  const wanted = [...new Set(readable.map((entry) => entry.blobId))];
  const batch = await runner.run({
    args: [`--git-dir=${gitDir}`, 'cat-file', '--batch'],
    input: wanted.map((blobId) => `${blobId}\n`).join(''),
    maxOutputBytes: maxTotalBytes + wanted.length * 100,
    timeoutMs,
    signal,
  });
  if (batch.exitCode !== 0) throw localFailure('reading the config repository', batch);
  const texts = parseBatch(batch.stdout);
  return entries.map((entry) => ({ ...entry, text: texts.get(entry.blobId) ?? '' }));
}
