import { For, Show, type JSX } from 'solid-js';
import { useViewer } from '../state/viewer-context.ts';

/** The steps of the log: go to one, or fold them. */
export function StepsMenu(): JSX.Element {
  const viewer = useViewer();
  const steps = () => [...viewer.rows().steps];
  const foldAll = (folded: boolean) => {
    for (const [name] of steps()) viewer.fold(name, folded);
  };
  let menu!: HTMLDetailsElement;
  const go = (name: string): void => {
    viewer.scroller.reveal(viewer.rows().headingRow(name));
    menu.open = false;
  };
  return (
    <Show when={steps().length > 0}>
      <details ref={menu} class="log-menu">
        <summary>Steps</summary>
        <div class="log-menu-items">
          <div class="log-menu-actions">
            <button type="button" onClick={() => foldAll(true)}>
              Fold all
            </button>
            <button type="button" onClick={() => foldAll(false)}>
              Unfold all
            </button>
          </div>
          <For each={steps()}>
            {([name, lines]) => (
              <button type="button" onClick={() => go(name)}>
                {name} <span class="log-step-lines">{lines.toLocaleString()}</span>
              </button>
            )}
          </For>
        </div>
      </details>
    </Show>
  );
}
