import { Show } from 'solid-js';
import type { Artifact } from '../../api/types.ts';
import { formatBytes } from '../../format/bytes.ts';

export function ArtifactRow(props: { readonly artifact: Artifact }) {
  const address = () => `/api/v1/jobs/${props.artifact.job_id}/artifacts/${encodeURIComponent(props.artifact.name)}`;
  return (
    <li class="border-line flex flex-wrap items-baseline gap-x-4 gap-y-1 border-b px-4 py-2 last:border-b-0">
      <a href={address()} download="" data-row class="text-accent font-medium wrap-anywhere underline">
        {props.artifact.name}
      </a>
      <span class="tabular-nums">{formatBytes(props.artifact.size_bytes)}</span>
      <span class="text-muted min-w-0 text-xs">
        SHA-256 <code class="font-mono break-all">{props.artifact.sha256}</code>
      </span>
      <Show when={props.artifact.signature !== undefined}>
        <a href={`${address()}.sig`} download="" class="text-accent text-xs underline">
          Signature<span class="sr-only"> of {props.artifact.name}</span>
        </a>
      </Show>
    </li>
  );
}
