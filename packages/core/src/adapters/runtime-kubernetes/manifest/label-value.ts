import { createHash } from 'node:crypto';

const maxLength = 63;
const hashLength = 8;

/** The text itself where it can be the value of a label; else as much of it as can, and a hash that tells it from others. */
export function labelValue(text: string): string {
  if (text.length <= maxLength && /^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(text)) return text;
  const hash = createHash('sha256').update(text).digest('hex').slice(0, hashLength);
  const readable = text
    .replaceAll(/[^A-Za-z0-9._-]/g, '_')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, maxLength - hashLength - 1);
  return readable === '' ? hash : `${readable}-${hash}`;
}
