import { DanubeError } from '@danube/plugin-api';

export type RepositoryProtocol = 'https' | 'http' | 'ssh' | 'file';

const accepted = 'https://host/path, http://host/path, ssh://user@host/path, user@host:path, file:///path or /path';
const scpLike = /^(?:[A-Za-z0-9][A-Za-z0-9._-]*@)?(?:[A-Za-z0-9][A-Za-z0-9.-]*|\[[0-9A-Fa-f:]+\]):(?!\/\/)[^:-][^:]*$/;

function refuse(reason: string): never {
  throw new DanubeError('repository_url_refused', `the repository URL ${reason}; accepted: ${accepted}`, {
    category: 'invalid',
  });
}

function hasControlCharacter(text: string): boolean {
  return [...text].some((character) => character < ' ' || character === '\u007f');
}

/**
 * Git ends the host at the first slash and takes it as it is written. A URL parser also ends it at other characters and
 * decodes it: the entry of one server could then be chosen for another.
 */
function isReadAlike(url: string, { protocol, host }: URL): boolean {
  const [, authority = ''] = /^[^/]*:\/\/(?:[^@/]*@)?([^/]*)/.exec(url) ?? [];
  const usual = protocol === 'https:' ? /:443$/ : protocol === 'http:' ? /:80$/ : /:$/;
  return authority.toLowerCase().replace(usual, '') === host.toLowerCase();
}

function checkUrl(url: string): RepositoryProtocol {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    return refuse('cannot be read');
  }
  const protocol = parsed.protocol.slice(0, -1);
  if (protocol !== 'https' && protocol !== 'http' && protocol !== 'ssh' && protocol !== 'file') {
    return refuse(`has the protocol "${protocol}"`);
  }
  if (parsed.password !== '' || (parsed.username !== '' && protocol !== 'ssh')) {
    return refuse('holds a user name or password, which belongs into a credential');
  }
  if (protocol === 'file' ? parsed.host !== '' : parsed.hostname === '') return refuse('names the wrong kind of host');
  if (/:\/\/(?:[^/]*@)?(?:-|%2d)/i.test(url)) return refuse('has a host or user that starts with "-"');
  if (protocol !== 'file' && !isReadAlike(url, parsed)) return refuse('names a host that git would read otherwise');
  return protocol;
}

/**
 * The protocol that Git will speak for this URL.
 * @throws DanubeError `repository_url_refused` (invalid): another transport than those listed, an option in disguise,
 * a control character or a credential. The message does not repeat the URL, which may hold a secret.
 */
export function checkRepositoryUrl(url: string): RepositoryProtocol {
  if (url === '') return refuse('is empty');
  if (url.length > 2048) return refuse('is longer than 2048 characters');
  if (hasControlCharacter(url)) return refuse('holds a control character');
  if (url.startsWith('-')) return refuse('starts with "-"');
  if (url.startsWith('/')) return 'file';
  if (/^[A-Za-z0-9+.-]*::/.test(url)) return refuse('names a remote helper ("::")');
  if (/^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(url)) return checkUrl(url);
  if (scpLike.test(url)) return 'ssh';
  return refuse('cannot be read');
}

/** The reason why the URL is refused, or undefined where it is accepted. */
export function repositoryUrlProblem(url: string): string | undefined {
  try {
    checkRepositoryUrl(url);
    return undefined;
  } catch (error) {
    return (error as DanubeError).message;
  }
}
