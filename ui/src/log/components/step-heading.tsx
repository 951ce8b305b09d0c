import type { JSX } from 'solid-js';
import type { Row } from '../rows/row-map.ts';
import { useViewer } from '../state/viewer-context.ts';

/** Stands before a step's first line, and folds its lines away. */
export function StepHeading(props: { readonly step: Extract<Row, { kind: 'step' }> }): JSX.Element {
  const viewer = useViewer();
  return (
    <div class="log-row log-step">
      <button
        type="button"
        aria-expanded={!props.step.folded}
        onClick={() => viewer.fold(props.step.name, !props.step.folded)}
      >
        <span aria-hidden="true">{props.step.folded ? '▸' : '▾'}</span> {props.step.name}{' '}
        <span class="log-step-lines">
          {props.step.lines.toLocaleString()} {props.step.lines === 1 ? 'line' : 'lines'}
          {props.step.folded ? ' folded' : ''}
        </span>
      </button>
    </div>
  );
}
