import { For, Show } from 'solid-js';
import type { JobDetail, Step } from '../../api/types.ts';

/** The timeline shows exit codes. */
function isTelling({ reason, exit_code: code }: Step): boolean {
  return reason !== undefined && reason !== `exit code ${code}`;
}

/** Why a job, or a step of it, ended as it did, where it is not simply what a command answered. */
export function Reason(props: { readonly job: JobDetail }) {
  const steps = () => props.job.steps.filter((step) => isTelling(step) && step.reason !== props.job.reason);
  return (
    <Show when={props.job.reason !== undefined || steps().length > 0}>
      <div class="border-line bg-raised mb-6 rounded border border-l-4 p-3">
        <Show when={props.job.reason}>
          <p class="text-strong wrap-anywhere whitespace-pre-wrap">{props.job.reason}</p>
        </Show>
        <For each={steps()}>
          {(step) => (
            <p class="wrap-anywhere">
              <strong class="font-medium">{step.name}:</strong> {step.reason}
            </p>
          )}
        </For>
      </div>
    </Show>
  );
}
