import { DanubeError } from '@danube/plugin-api';
import { controlLimits } from '../../services/control/control-limits.js';
import type { Message } from '../../services/control/message-fields.js';
import { header, type Request } from './http-messages.js';

/**
 * The JSON object in the request's body. A body over the limit is refused by its announced length or as soon as it has
 * passed it, whatever comes after.
 * @throws DanubeError `request_too_large`, `body_malformed` (invalid)
 */
export async function readMessage(request: Request): Promise<Message> {
  if (Number(header(request, 'content-length') ?? 0) > controlLimits.bodyBytes) throw tooLarge();
  const body = await readBody(request);
  return parseObject(body);
}

/** By events: leaving a loop over the request would destroy its connection before the refusal is sent. */
function readBody(request: Request): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= controlLimits.bodyBytes) chunks.push(chunk);
      else {
        request.pause();
        reject(tooLarge());
      }
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
    request.on('close', () => reject(malformed('the connection was closed within the body')));
  });
}

function parseObject(body: Buffer): Message {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw malformed('the body is no JSON in UTF-8');
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Message;
  throw malformed('the body must be a JSON object');
}

function malformed(message: string): DanubeError {
  return new DanubeError('body_malformed', message, { category: 'invalid' });
}

function tooLarge(): DanubeError {
  return new DanubeError('request_too_large', `a request may have at most ${controlLimits.bodyBytes} bytes`, {
    category: 'invalid',
    details: { limit_bytes: controlLimits.bodyBytes },
  });
}
