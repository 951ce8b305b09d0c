import { extname } from 'node:path';
import type { Context, Middleware } from 'koa';
import { encodings, type WebUiFile, type WebUiFiles } from './web-ui-files.js';

const index = '/index.html';
/** Nothing below these is a page, however it is asked for: a mistyped address of the API answers an error. */
const notPages = /^\/(api|auth|health|metrics|webhooks|assets)(\/|$)/;

/** Answers with the web interface where no route has taken the request: its files, and for every page the same document. */
export function serveWebUi(files: WebUiFiles): Middleware {
  return (ctx, next) => {
    const file = ctx.method === 'GET' || ctx.method === 'HEAD' ? findFile(files, ctx) : undefined;
    if (file === undefined) return next();
    ctx.state['route'] = { method: 'GET', path: 'web interface' };
    answer(ctx, file);
    return Promise.resolve();
  };
}

function findFile(files: WebUiFiles, ctx: Context): WebUiFile | undefined {
  if (ctx.path !== index && files.has(ctx.path)) return files.get(ctx.path);
  const asksForPage = !notPages.test(ctx.path) && /\btext\/html\b/.test(ctx.get('accept'));
  return ctx.path === '/' || asksForPage ? files.get(index) : undefined;
}

function answer(ctx: Context, file: WebUiFile): void {
  ctx.status = 200;
  ctx.vary('Accept-Encoding');
  ctx.set('etag', file.etag);
  // names in there hold a hash of the content, so that another content has another name
  const hashed = file.name.startsWith('/assets/');
  ctx.set('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
  if (ctx.fresh) {
    ctx.status = 304;
    return;
  }
  ctx.type = extname(file.name);
  const encoding = encodings.find((known) => file.compressed.has(known) && ctx.acceptsEncodings(known) === known);
  if (encoding !== undefined) ctx.set('content-encoding', encoding);
  ctx.body = (encoding && file.compressed.get(encoding)) ?? file.content;
}
