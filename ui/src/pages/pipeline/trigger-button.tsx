import { createSignal } from 'solid-js';
import type { PipelineDetail } from '../../api/types.ts';
import { Button } from '../../components/forms/button.tsx';
import { Dialog } from '../../components/layout/dialog.tsx';
import { TriggerForm } from './trigger-form.tsx';

export function TriggerButton(props: { readonly pipeline: PipelineDetail }) {
  const [open, setOpen] = createSignal(false);
  return (
    <>
      <Button primary onClick={() => setOpen(true)}>
        Trigger
      </Button>
      <Dialog title={`Trigger ${props.pipeline.name}`} open={open()} onClose={() => setOpen(false)}>
        <TriggerForm pipeline={props.pipeline} />
      </Dialog>
    </>
  );
}
