import { useNavigate } from '@solidjs/router';
import { createSignal, For, Show } from 'solid-js';
import { api, ask } from '../../api/client.ts';
import type { PipelineDetail } from '../../api/types.ts';
import { ActionButton } from '../../components/forms/action-button.tsx';
import { Field, inputLooks } from '../../components/forms/field.tsx';
import { createQuery } from '../../stores/query.ts';

/** Which branch to build. Branches that the repository has are offered; any other may be typed. */
export function TriggerForm(props: { readonly pipeline: PipelineDetail }) {
  const navigate = useNavigate();
  const [branch, setBranch] = createSignal('');
  const chosen = () => branch().trim() || props.pipeline.branch;
  const branches = createQuery(
    () => props.pipeline.id,
    (id, signal) => ask(api.GET('/api/v1/pipelines/{id}/branches', { params: { path: { id } }, signal })),
  );
  const trigger = async (): Promise<void> => {
    const path = { id: props.pipeline.id };
    const job = await ask(api.POST('/api/v1/pipelines/{id}/trigger', { params: { path }, body: { branch: chosen() } }));
    navigate(`/jobs/${job.id}`);
  };
  return (
    <div class="flex flex-col gap-3">
      <Field label="Branch">
        {(id) => (
          <>
            <input
              id={id}
              class={inputLooks}
              list={`${id}-branches`}
              placeholder={props.pipeline.branch}
              value={branch()}
              onInput={(event) => setBranch(event.currentTarget.value)}
            />
            <datalist id={`${id}-branches`}>
              <For each={branches.data?.items}>{(name) => <option value={name} />}</For>
            </datalist>
          </>
        )}
      </Field>
      <p class="text-muted text-xs">
        <Show when={branches.error} fallback={`The newest commit of ${chosen()} is built.`}>
          {(error) => `The branches cannot be listed: ${error().message}`}
        </Show>
      </p>
      <ActionButton primary onAction={trigger}>
        Start job
      </ActionButton>
    </div>
  );
}
