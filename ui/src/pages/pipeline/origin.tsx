import { Show } from 'solid-js';
import { api, ask } from '../../api/client.ts';
import type { PipelineDetail } from '../../api/types.ts';
import { ExternalLink } from '../../components/text/external-link.tsx';
import { fileAddress } from '../../domain/repository-address.ts';
import { shortCommit } from '../../format/commit.ts';
import { createQuery } from '../../stores/query.ts';

/** Where the pipeline is declared, and the commit that is in force: why it is as it is, and where to change it. */
export function Origin(props: { readonly pipeline: PipelineDetail }) {
  const config = createQuery(
    () => props.pipeline.id,
    (_id, signal) => ask(api.GET('/api/v1/config', { signal })),
  );
  const place = () => `${props.pipeline.origin.file}:${props.pipeline.origin.line}`;
  const address = () => fileAddress(config.data?.repository?.url, config.data?.current?.commit, props.pipeline.origin);
  return (
    <p class="mt-2 wrap-anywhere">
      Declared in{' '}
      <ExternalLink href={address()}>
        <code class="font-mono">{place()}</code>
      </ExternalLink>
      <Show when={config.data?.current}>
        {(current) => (
          <>
            {' '}
            at commit <code class="font-mono">{shortCommit(current().commit)}</code>
          </>
        )}
      </Show>
      <Show when={config.data?.repository}>{(repository) => <> of {repository().url}</>}</Show>.
    </p>
  );
}
