import { existsSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

interface Batch {
  readonly objects: readonly { readonly oid: string; readonly size: number }[];
}

/** The part of a Git LFS server that downloads need, over the objects that a repository has; false for other requests. */
export async function answerLfs(root: string, request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  const [, repository = '', rest = ''] = /^(\/.*)\/info\/lfs\/(.*)$/.exec(request.url ?? '') ?? [];
  const file = (oid: string): string =>
    join(root, repository.replace(/\.git$/, ''), '.git/lfs/objects', oid.slice(0, 2), oid.slice(2, 4), oid);
  if (rest === 'objects/batch') {
    const { objects } = JSON.parse(await text(request)) as Batch;
    const base = `http://${request.headers.host}${repository}/info/lfs/object`;
    const answers = objects.map(({ oid, size }) =>
      existsSync(file(oid))
        ? {
            oid,
            size,
            authenticated: true,
            actions: { download: { href: `${base}/${oid}`, header: forward(request) } },
          }
        : { oid, size, error: { code: 404, message: 'Object does not exist' } },
    );
    response.writeHead(200, { 'content-type': 'application/vnd.git-lfs+json' });
    response.end(JSON.stringify({ transfer: 'basic', objects: answers }));
    return true;
  }
  if (!rest.startsWith('object/')) return false;
  response.end(readFileSync(file(rest.slice('object/'.length))));
  return true;
}

function forward({ headers }: IncomingMessage): Readonly<Record<string, string>> {
  return headers.authorization === undefined ? {} : { Authorization: headers.authorization };
}
