/** What a secret may be called. It stands in addresses and files, so nothing in it needs escaping. */
export const secretNamePattern = '^[A-Za-z0-9_][A-Za-z0-9_.-]{0,199}$';

export const secretNameHint = 'up to 200 letters, digits, "_", "-" and "."; first a letter, digit or "_"';

const pattern = new RegExp(secretNamePattern);

export function isSecretName(text: string): boolean {
  return pattern.test(text);
}
