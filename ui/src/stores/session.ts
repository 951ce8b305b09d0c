import { createSignal } from 'solid-js';
import { api, ask, whenSignedOut } from '../api/client.ts';
import { toApiError } from '../api/api-error.ts';

export interface Session {
  readonly state: 'unknown' | 'signed-in' | 'signed-out';
  readonly name: string;
  /** Why the address with the one-time token did not help. */
  readonly problem?: string;
}

const [session, setSession] = createSignal<Session>({ state: 'unknown', name: '' });
export { session };

whenSignedOut(() => setSession((old) => ({ ...old, state: 'signed-out', name: '' })));

/** Spends the one-time token of the address, if there is one, and finds out who is signed in. */
export async function signIn(): Promise<void> {
  const problem = await spendOneTimeToken();
  try {
    const { name } = await ask(api.GET('/auth/session'));
    setSession({ state: 'signed-in', name });
  } catch (error) {
    const { status, message } = toApiError(error);
    setSession({ state: 'signed-out', name: '', problem: problem ?? (status === 401 ? undefined : message) });
  }
}

/** Takes a token that somebody typed in; answers what is wrong with it, if anything. */
export async function signInWith(token: string): Promise<string | undefined> {
  try {
    const { name } = await ask(api.POST('/auth/one-time', { body: { token } }));
    setSession({ state: 'signed-in', name });
    return undefined;
  } catch (error) {
    return toApiError(error).message;
  }
}

export async function signOut(): Promise<void> {
  await ask(api.POST('/auth/logout'));
  setSession({ state: 'signed-out', name: '' });
}

/** The one in the address that a start of the server prints. */
export function oneTimeToken(): string | null {
  return new URLSearchParams(location.hash.slice(1)).get('token');
}

async function spendOneTimeToken(): Promise<string | undefined> {
  const token = oneTimeToken();
  if (token === null) return undefined;
  // neither the history nor a copied address keeps it
  history.replaceState(null, '', location.pathname + location.search);
  return signInWith(token);
}
