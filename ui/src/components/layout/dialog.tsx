import { createEffect, createUniqueId, Show, type JSX } from 'solid-js';
import { Button } from '../forms/button.tsx';

interface DialogProps {
  readonly title: string;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly children: JSX.Element;
}

/** A window over the page. Escape and its button close it, and the focus goes back to where it was. */
export function Dialog(props: DialogProps) {
  const id = createUniqueId();
  let element!: HTMLDialogElement;
  createEffect(() => {
    if (props.open && !element.open) element.showModal();
    if (!props.open && element.open) element.close();
  });
  return (
    <dialog
      ref={element}
      aria-labelledby={id}
      onClose={() => props.onClose()}
      class="border-line bg-raised text-text m-auto w-full max-w-md rounded-lg border p-5 shadow-lg backdrop:bg-black/50"
    >
      <Show when={props.open}>
        <div class="mb-3 flex items-center justify-between gap-4">
          <h2 id={id} class="text-base">
            {props.title}
          </h2>
          <Button onClick={() => props.onClose()}>Close</Button>
        </div>
        {props.children}
      </Show>
    </dialog>
  );
}
