export const maxSecretBytes = 64 * 1024;

/** Why this cannot be the value of a secret; undefined where it can. Never quotes the value. */
export function secretValueProblem(value: string): string | undefined {
  if (value === '') return 'is empty';
  const bytes = new TextEncoder().encode(value);
  if (bytes.byteLength > maxSecretBytes) return `has ${bytes.byteLength} bytes; ${maxSecretBytes} are accepted`;
  // half a surrogate pair would be stored as another character
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes) === value
    ? undefined
    : 'is not well-formed Unicode text';
}
