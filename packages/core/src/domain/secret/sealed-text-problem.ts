/** Room for the longest value when JSON escapes each of its bytes with six characters, and base64 comes on top. */
export const maxSealedCharacters = 640 * 1024;

const begin = '-----BEGIN AGE ENCRYPTED FILE-----';
const end = '-----END AGE ENCRYPTED FILE-----';
const armored = new RegExp(`^\\s*${begin}(\\r?\\n[A-Za-z0-9+/=]{1,64})+\\r?\\n${end}\\s*$`);

/** Why this cannot be a sealed value, as far as that can be told without the key. Never quotes it: it may be a secret. */
export function sealedTextProblem(text: string): string | undefined {
  if (text.length > maxSealedCharacters) return `it has ${text.length} characters; ${maxSealedCharacters} are accepted`;
  if (armored.test(text)) return undefined;
  return `it is no age file in text form, from "${begin}" to "${end}", as "danube secret seal" prints it`;
}
