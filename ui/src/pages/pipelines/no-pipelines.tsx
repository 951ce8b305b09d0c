import { Show } from 'solid-js';
import { EmptyState } from '../../components/states/empty-state.tsx';

export function NoPipelines(props: { readonly filtered: boolean }) {
  return (
    <Show
      when={props.filtered}
      fallback={
        <EmptyState title="There are no pipelines yet.">
          Add a document of kind <code class="font-mono">Pipeline</code> to the config repository; the system page shows
          whether it was taken over.
        </EmptyState>
      }
    >
      <EmptyState title="No pipeline matches.">Search for less, or choose all teams.</EmptyState>
    </Show>
  );
}
