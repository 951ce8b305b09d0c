import { createMemo, Match, Switch, type JSX } from 'solid-js';
import { sameRow } from '../rows/row-map.ts';
import { useViewer } from '../state/viewer-context.ts';
import { LogLine } from './log-line.tsx';
import { StepHeading } from './step-heading.tsx';

/** A row of the log: the heading of a step, or a line. */
export function LogRow(props: { readonly row: number }): JSX.Element {
  const viewer = useViewer();
  const row = createMemo(() => viewer.rows().at(props.row), undefined, { equals: sameRow });
  const step = () => {
    const shown = row();
    return shown?.kind === 'step' ? shown : undefined;
  };
  const line = () => {
    const shown = row();
    return shown?.kind === 'line' ? shown.line : undefined;
  };
  return (
    <Switch>
      <Match when={step()}>{(heading) => <StepHeading step={heading()} />}</Match>
      <Match when={line()}>{(number) => <LogLine number={number()} />}</Match>
    </Switch>
  );
}
