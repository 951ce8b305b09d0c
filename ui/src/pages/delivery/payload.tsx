import { Show } from 'solid-js';
import { api, ask } from '../../api/client.ts';
import { Loaded } from '../../components/states/loaded.tsx';
import { readablePayload } from '../../domain/payload.ts';
import { formatBytes } from '../../format/bytes.ts';
import { createQuery } from '../../stores/query.ts';

/** More than this is for a download. */
const mostShownBytes = 256 * 1000;

interface PayloadProps {
  readonly deliveryId: string;
  readonly bytes: number;
}

/** The body as it came, JSON with its lines broken. It is text here, whatever a stranger wrote into it. */
export function Payload(props: PayloadProps) {
  const path = () => ({ id: props.deliveryId });
  const shown = () => props.bytes <= mostShownBytes;
  const body = createQuery(
    () => props.deliveryId,
    (_id, signal) =>
      shown()
        ? ask(api.GET('/api/v1/deliveries/{id}/body', { params: { path: path() }, parseAs: 'text', signal }))
        : Promise.resolve(''),
  );
  return (
    <>
      <p class="mb-2">
        <a href={`/api/v1/deliveries/${props.deliveryId}/body`} download="" class="text-accent underline">
          Download
        </a>{' '}
        <span class="text-muted">{formatBytes(props.bytes)}</span>
      </p>
      <Show when={shown()}>
        <Loaded query={body} skeletonLines={3}>
          {(text) => (
            <pre
              tabindex="0"
              class="border-line bg-raised max-h-128 overflow-auto rounded border p-3 font-mono text-xs wrap-anywhere whitespace-pre-wrap"
            >
              {readablePayload(text())}
            </pre>
          )}
        </Loaded>
      </Show>
    </>
  );
}
