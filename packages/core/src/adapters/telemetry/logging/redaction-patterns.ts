export const redacted = '[redacted]';

const sensitiveEnding =
  /(authorization|cookie|password|passwd|passphrase|secret|token|apikey|privatekey|credential|credentials|email)$/;

/** Whether a field of this name is hidden whatever it holds. `access_token`, `accessToken` and `access-token` are one. */
export function isSensitiveKey(key: string): boolean {
  return sensitiveEnding.test(key.toLowerCase().replaceAll(/[-_.]/g, ''));
}

interface RedactionPattern {
  readonly find: RegExp;
  readonly replaceWith: string;
}

/**
 * Tried in this order. No expression can start in the middle of a run of the characters that it repeats: that keeps a
 * megabyte of text linear.
 */
export const redactionPatterns: readonly RedactionPattern[] = [
  {
    find: /-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----[\s\S]*?(-----END \1-----|$)/g,
    replaceWith: redacted,
  },
  { find: /\b(bearer|basic) +[A-Za-z0-9._~+/=-]{6,}/gi, replaceWith: `$1 ${redacted}` },
  { find: /(?<![a-z0-9+.-])([a-z][a-z0-9+.-]*:\/\/)[^\s/@:?#"']*:[^\s/@"']*@/gi, replaceWith: `$1${redacted}@` },
  // https://token@host: a user name alone is a credential there, but not in ssh://git@host
  { find: /\b(https?:\/\/)[^\s/@:?#"']+@/gi, replaceWith: `$1${redacted}@` },
  {
    find: /([?&](?:token|access_token|refresh_token|id_token|code|secret|client_secret|password|api_key|signature)=)[^&\s"'#]+/gi,
    replaceWith: `$1${redacted}`,
  },
  {
    find: /(?<![A-Za-z0-9_-])(gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|gl(?:pat|dt|rt|cbt)-[A-Za-z0-9_.-]{20,}|npm_[A-Za-z0-9]{30,}|pypi-[A-Za-z0-9_-]{30,}|xox[abeoprs]-[A-Za-z0-9-]{10,}|AKIA[0-9A-Z]{16}|AGE-SECRET-KEY-1[0-9A-Z]{40,}|eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+)/g,
    replaceWith: redacted,
  },
  // git@host:path is how repositories are named, not a person
  { find: /(?<![A-Za-z0-9._%+-])(?!git@)[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+/g, replaceWith: redacted },
];
