import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export const encodings = ['br', 'gzip'] as const;
export type Encoding = (typeof encodings)[number];
const suffixes: Readonly<Record<Encoding, string>> = { br: '.br', gzip: '.gz' };

/** One file of the web interface. */
export interface WebUiFile {
  readonly name: string;
  readonly content: Buffer;
  /** What the build has compressed. */
  readonly compressed: ReadonlyMap<Encoding, Buffer>;
  readonly etag: string;
}

/** By the path that browsers ask for. Whatever is not in here is not served, however it is asked for. */
export type WebUiFiles = ReadonlyMap<string, WebUiFile>;

/** Reads the whole web interface into memory, once: it has some hundred kilobytes. */
export async function readWebUi(folder: string): Promise<WebUiFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const contents = new Map(
    await Promise.all(
      paths.map(async (path) => [path.slice(folder.length).replaceAll('\\', '/'), await readFile(path)] as const),
    ),
  );
  const names = [...contents.keys()].filter((name) => !Object.values(suffixes).some((end) => name.endsWith(end)));
  return new Map(names.map((name) => [name, webUiFile(name, contents)]));
}

function webUiFile(name: string, contents: ReadonlyMap<string, Buffer>): WebUiFile {
  const content = contents.get(name)!;
  const compressed = encodings.flatMap((encoding) => {
    const bytes = contents.get(name + suffixes[encoding]);
    return bytes === undefined ? [] : [[encoding, bytes] as const];
  });
  const etag = `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`;
  return { name, content, compressed: new Map(compressed), etag };
}
