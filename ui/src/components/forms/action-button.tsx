import { createSignal, Show, type JSX } from 'solid-js';
import { toApiError } from '../../api/api-error.ts';
import { Button } from './button.tsx';

interface ActionButtonProps {
  readonly primary?: boolean;
  readonly onAction: () => Promise<void>;
  readonly children: JSX.Element;
}

/** Does something on the server: not twice at once, and with the reason beside it where it fails. */
export function ActionButton(props: ActionButtonProps) {
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<string>();
  const act = async (): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    await props.onAction().catch((thrown: unknown) => setProblem(toApiError(thrown).message));
    setBusy(false);
  };
  return (
    <span class="inline-flex flex-wrap items-center gap-2">
      <Button primary={props.primary} disabled={busy()} onClick={() => void act()}>
        {props.children}
      </Button>
      <Show when={problem()}>
        <span role="alert" class="text-bad">
          {problem()}
        </span>
      </Show>
    </span>
  );
}
