import { For, Show } from 'solid-js';
import type { PipelineDetail } from '../../api/types.ts';
import { Fact, Facts } from '../../components/layout/fact.tsx';
import { formatDuration } from '../../format/duration.ts';

const concurrencyWords = {
  queue: 'one after the other',
  replace: 'a newer one replaces those that wait',
  cancel_running: 'a newer one cancels those before it',
} as const;

/** The settings that are in force. */
export function Settings(props: { readonly pipeline: PipelineDetail }) {
  const timeout = () => formatDuration(props.pipeline.timeout_seconds * 1000);
  return (
    <Facts>
      <Fact name="Repository">{props.pipeline.repository}</Fact>
      <Fact name="Branch">{props.pipeline.branch}</Fact>
      <Fact name="Pipeline file">{props.pipeline.file}</Fact>
      <Fact name="Timeout">
        {timeout()}, then {props.pipeline.timeout_action === 'kill' ? 'it is ended' : 'a warning'}
      </Fact>
      <Fact name="Runs of a branch">{concurrencyWords[props.pipeline.concurrency]}</Fact>
      <Fact name="At once">
        {props.pipeline.max_concurrent_jobs ?? 'any number of'} jobs; in a job, steps:{' '}
        {props.pipeline.max_concurrent_steps}
      </Fact>
      <Show when={props.pipeline.image}>
        <Fact name="Image">{props.pipeline.image}</Fact>
      </Show>
      <Show when={Object.keys(props.pipeline.env).length > 0}>
        <Fact name="Environment">
          <ul class="font-mono text-xs">
            <For each={Object.entries(props.pipeline.env)}>
              {([name, value]) => (
                <li>
                  {name}={value}
                </li>
              )}
            </For>
          </ul>
        </Fact>
      </Show>
      <Show when={props.pipeline.permissions.length > 0}>
        <Fact name="Access">
          {props.pipeline.permissions.map(({ team, permission }) => `${team}: ${permission}`).join(', ')}
        </Fact>
      </Show>
    </Facts>
  );
}
