import { Show } from 'solid-js';
import { session } from '../../stores/session.ts';
import { usePageTitle } from '../../stores/page-title.ts';
import { TokenForm } from './token-form.tsx';

/** What to do without a session. The address stays, so that signing in leads where somebody wanted to go. */
export default function SignInPage() {
  usePageTitle(() => 'Sign in');
  return (
    <main class="mx-auto flex max-w-lg flex-col gap-4 p-6 md:mt-16">
      <img src="/icons/danube.svg" alt="" class="size-12" />
      <h1 class="text-xl">Sign in to Danube</h1>
      <Show when={session().problem}>
        {(problem) => (
          <p role="alert" class="text-bad">
            {problem()}
          </p>
        )}
      </Show>
      <p>
        Open the address that the server printed when it started. It ends with <code class="font-mono">#token=…</code>,
        works once, and for an hour.
      </p>
      <p>
        For a new one, restart the server with <code class="font-mono">danube serve --print-address</code>, or run{' '}
        <code class="font-mono">npm run quickstart</code> again. Jobs that run go on meanwhile.
      </p>
      <TokenForm />
    </main>
  );
}
