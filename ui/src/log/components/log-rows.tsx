import { createEffect, createMemo, For, on, onCleanup, onMount, type JSX } from 'solid-js';
import { useViewer } from '../state/viewer-context.ts';
import { rowHeight } from '../state/create-scroller.ts';
import { LogRow } from './log-row.tsx';
import { ScrollMarks } from './scroll-marks.tsx';

/** The part of the log that is seen, and the scrollbar of the whole. */
export function LogRows(): JSX.Element {
  const { scroller, settings } = useViewer();
  let scrolling!: HTMLDivElement;
  let spacer!: HTMLDivElement;
  let layer!: HTMLDivElement;

  const numbers = createMemo(() => {
    const { first, last } = scroller.visible();
    return Array.from({ length: last - first }, (_, index) => first + index);
  });

  /** Puts the rows where the anchor says; wrapped ones have to be drawn to be measured. */
  const place = (): void => {
    const { row, share, y } = scroller.anchor();
    const index = row - scroller.visible().first;
    const element = settings.wrap ? (layer.children[index] as HTMLElement | undefined) : undefined;
    const above = element ? element.offsetTop + share * element.offsetHeight : (index + share) * rowHeight;
    layer.style.transform = `translateY(${y - above}px)`;
  };

  onMount(() => {
    scroller.attach(scrolling, spacer);
    createEffect(on([scroller.anchor, numbers, () => settings.wrap], place));
    // lines that are loaded, and a narrower window, change how high wrapped rows are
    const size = new ResizeObserver(place);
    size.observe(layer);
    onCleanup(() => size.disconnect());
  });

  return (
    <div class="log-area">
      <div
        ref={scrolling}
        class="log-scroll"
        classList={{ 'log-wrap': settings.wrap }}
        tabindex="0"
        role="region"
        aria-label="Log of the job"
      >
        <div ref={spacer} class="log-spacer">
          <div class="log-window">
            <div ref={layer} class="log-layer">
              <For each={numbers()}>{(row) => <LogRow row={row} />}</For>
            </div>
          </div>
        </div>
      </div>
      <ScrollMarks />
    </div>
  );
}
