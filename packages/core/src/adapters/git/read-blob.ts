import { DanubeError } from '@danube/plugin-api';
import { localFailure } from './git-failure.js';
import type { GitResult } from './git-runner.js';

export interface BlobText {
  readonly blobId: string;
  readonly text: string;
}

type Run = (args: readonly string[], limits?: { readonly maxOutputBytes?: number }) => Promise<GitResult>;

const maxBytes = 1024 * 1024;

/**
 * One regular file of a commit as text; undefined where there is none of that path. A link is not followed: it could point
 * anywhere.
 * @throws DanubeError `source_file_refused` (invalid)
 */
export async function readBlob(run: Run, commit: string, path: string): Promise<BlobText | undefined> {
  checkPath(path);
  const listing = await run(['--literal-pathspecs', 'ls-tree', '-z', '-l', '--full-tree', commit, '--', path]);
  if (listing.exitCode !== 0) throw localFailure('listing a commit', listing);
  const entry = /^(\d+) (\w+) ([0-9a-f]+) +(\d+|-)\t([\s\S]+)\0$/.exec(listing.stdout.toString());
  if (entry?.[5] !== path) return undefined;
  const [, mode = '', , blobId = '', size = ''] = entry;
  if (!mode.startsWith('100')) throw refused(path, mode === '120000' ? 'is a link' : 'is no file');
  if (Number(size) > maxBytes) throw refused(path, `is ${size} bytes; at most ${maxBytes} are read`);
  const blob = await run(['cat-file', 'blob', blobId], { maxOutputBytes: maxBytes });
  if (blob.exitCode !== 0) throw localFailure('reading a file of a commit', blob);
  try {
    return { blobId, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(blob.stdout) };
  } catch {
    throw refused(path, 'is not UTF-8');
  }
}

function checkPath(path: string): void {
  const segments = path.split('/');
  const wrong = path.includes('\0') || segments.some((segment) => ['', '.', '..'].includes(segment));
  if (wrong || path.length > 4096) {
    throw refused(
      JSON.stringify(path.slice(0, 200)),
      'is no path in a repository; accepted: folder/file, without "." and ".."',
    );
  }
}

function refused(path: string, why: string): DanubeError {
  return new DanubeError('source_file_refused', `${path} ${why}`, { category: 'invalid' });
}
