import { For, Show } from 'solid-js';
import type { ConfigStatus } from '../../api/types.ts';
import { ToneWord } from '../../components/status/tone-word.tsx';
import { TimeText } from '../../components/text/time-text.tsx';
import { shortCommit } from '../../format/commit.ts';

/** One attempt to take a commit over, with what is wrong with it. */
export function SyncReport(props: { readonly sync: ConfigStatus['syncs'][number] }) {
  return (
    <li class="border-line border-b px-4 py-2 last:border-b-0">
      <div class="flex flex-wrap gap-x-4">
        <ToneWord tone={props.sync.status === 'applied' ? 'good' : 'bad'}>{props.sync.status}</ToneWord>
        <Show when={props.sync.commit} fallback="the repository could not be read">
          {(commit) => <code class="font-mono">{shortCommit(commit())}</code>}
        </Show>
        <span class="text-muted">
          <TimeText at={props.sync.finished_at} />
        </span>
      </div>
      <For each={props.sync.problems}>
        {({ file, line, column, message, suggestion }) => (
          <p class="mt-1 wrap-anywhere">
            <code class="font-mono">
              {file}:{line}:{column}
            </code>{' '}
            {message}
            <Show when={suggestion}>
              <span class="text-muted"> {suggestion}</span>
            </Show>
          </p>
        )}
      </For>
    </li>
  );
}
