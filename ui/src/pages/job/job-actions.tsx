import { useNavigate } from '@solidjs/router';
import { Show } from 'solid-js';
import { api, ask } from '../../api/client.ts';
import type { JobDetail } from '../../api/types.ts';
import { ActionButton } from '../../components/forms/action-button.tsx';
import { isFinal } from '../../domain/job-status.ts';

/** What can be done about a job: cancel it while it goes on, run it again when it has ended. */
export function JobActions(props: { readonly job: JobDetail }) {
  const navigate = useNavigate();
  const path = () => ({ id: props.job.id });
  const cancel = async (): Promise<void> => {
    await ask(api.POST('/api/v1/jobs/{id}/cancel', { params: { path: path() } }));
  };
  const rerun = async (): Promise<void> => {
    const { id } = await ask(api.POST('/api/v1/jobs/{id}/rerun', { params: { path: path() } }));
    navigate(`/jobs/${id}`);
  };
  return (
    <Show when={isFinal(props.job.status)} fallback={<ActionButton onAction={cancel}>Cancel</ActionButton>}>
      <ActionButton onAction={rerun}>Run again</ActionButton>
    </Show>
  );
}
