import type { Context } from 'koa';
import { bodyNotJson, mediaTypeUnsupported, requestInvalid } from '../errors/http-errors.js';
import { readBody } from './read-body.js';

export const bodyLimitBytes = 1024 * 1024;

/**
 * The body as a JSON object; an empty one where none was sent and none is needed.
 * @throws DanubeError `body_too_large`, as soon as that is known, `media_type_unsupported`, `body_not_json`
 */
export async function readJsonBody(ctx: Context, required: boolean): Promise<Record<string, unknown>> {
  const text = decode(await readBody(ctx, bodyLimitBytes));
  if (text === '' && !required) return {};
  if (!ctx.is('application/json')) throw mediaTypeUnsupported(ctx.get('content-type'));
  const value = parse(text);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw requestInvalid([{ in: 'body', field: '', message: 'must be a JSON object' }]);
}

/** Strictly: what is no UTF-8 would otherwise be stored as something else than was sent. */
function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw bodyNotJson('it is not in UTF-8');
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // V8 quotes the text around the mistake, which may hold a credential
    const position = /position \d+( \(line \d+ column \d+\))?/.exec((error as Error).message)?.[0];
    throw bodyNotJson(position === undefined ? 'it ends too early or is empty' : `it is wrong at ${position}`);
  }
}
