import { For, Show } from 'solid-js';
import type { JobDetail } from '../../api/types.ts';
import { ArtifactRow } from './artifact-row.tsx';
import { Provenance } from './provenance.tsx';

/** What a job has left behind, and what vouches for it. */
export function Artifacts(props: { readonly job: JobDetail }) {
  // it is written of what is signed, once the job has succeeded
  const hasProvenance = () =>
    props.job.status === 'success' && props.job.artifacts.some(({ signature }) => signature !== undefined);
  return (
    <>
      <ul class="border-line bg-raised rounded border">
        <For each={props.job.artifacts}>{(artifact) => <ArtifactRow artifact={artifact} />}</For>
      </ul>
      <Show when={hasProvenance()}>
        <Provenance jobId={props.job.id} />
      </Show>
    </>
  );
}
