import compress from 'koa-compress';
import type { Middleware } from 'koa';

/** Compresses text answers. Event streams and byte ranges stay as they are: their readers count on every single byte. */
export function compressAnswers(): Middleware {
  return compress({ threshold: 1024, filter: (type) => /^(text\/plain|application\/json)/.test(type) });
}
