import { For } from 'solid-js';
import type { Verdict } from '../../api/types.ts';
import { VerdictRow } from './verdict-row.tsx';

export function Verdicts(props: { readonly verdicts: readonly Verdict[] }) {
  return (
    <ul class="border-line bg-raised rounded border">
      <For each={props.verdicts} fallback={<li class="text-muted px-4 py-2">It concerns no pipeline.</li>}>
        {(verdict) => <VerdictRow verdict={verdict} />}
      </For>
    </ul>
  );
}
