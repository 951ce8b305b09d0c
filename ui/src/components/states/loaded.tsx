import { Match, Switch, type JSX } from 'solid-js';
import type { Query } from '../../stores/query.ts';
import { ErrorPanel } from './error-panel.tsx';
import { Skeleton } from './skeleton.tsx';

interface LoadedProps<T> {
  readonly query: Query<T>;
  readonly skeletonLines?: number;
  readonly children: (data: () => T) => JSX.Element;
}

/** What a query answers; until then its skeleton, or why there is no answer. What is shown once stays. */
export function Loaded<T>(props: LoadedProps<T>) {
  return (
    <Switch fallback={<Skeleton lines={props.skeletonLines} />}>
      <Match when={props.query.data}>{(data) => props.children(data)}</Match>
      <Match when={props.query.error}>
        {(error) => <ErrorPanel error={error()} onRetry={() => props.query.reload()} />}
      </Match>
    </Switch>
  );
}
