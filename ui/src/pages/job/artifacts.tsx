import { For } from 'solid-js';
import type { Artifact } from '../../api/types.ts';
import { ArtifactRow } from './artifact-row.tsx';

/** What a job has left behind. */
export function Artifacts(props: { readonly artifacts: readonly Artifact[] }) {
  return (
    <ul class="border-line bg-raised rounded border">
      <For each={props.artifacts}>{(artifact) => <ArtifactRow artifact={artifact} />}</For>
    </ul>
  );
}
