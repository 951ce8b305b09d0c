import { createSignal, onCleanup } from 'solid-js';
import { api, ask } from '../api/client.ts';

export type Connection = 'connecting' | 'live' | 'lost';
/** Ids of jobs that have changed; undefined: any may have, for there was no connection. */
export type JobsChanged = (ids: ReadonlySet<string> | undefined) => void;

const reconnectAfterMs = 2000;

const [connection, setConnection] = createSignal<Connection>('connecting');
export { connection };

const listeners = new Set<JobsChanged>();

/** Tells the current component about changes of jobs until it is gone. */
export function onJobsChanged(listener: JobsChanged): void {
  listeners.add(listener);
  onCleanup(() => listeners.delete(listener));
}

/** Keeps one stream of events open, for all pages, until the answer is called. */
export function openEvents(): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell = (ids: ReadonlySet<string> | undefined): void => listeners.forEach((listener) => listener(ids));

  const connect = (): void => {
    source = new EventSource('/api/v1/events');
    source.addEventListener('ready', () => {
      setConnection('live');
      // whatever happened before is in no event
      tell(undefined);
    });
    source.addEventListener('jobs', ({ data }: MessageEvent<string>) => {
      tell(new Set((JSON.parse(data) as { ids: string[] }).ids));
    });
    source.addEventListener('error', () => {
      setConnection('lost');
      // the browser comes back by itself but for answers that are no stream, as of a proxy or of an ended session
      if (source?.readyState === EventSource.CLOSED) timer = setTimeout(() => void comeBack(), reconnectAfterMs);
    });
  };
  const comeBack = async (): Promise<void> => {
    await ask(api.GET('/auth/session')).catch(() => undefined);
    connect();
  };

  connect();
  return () => {
    source?.close();
    clearTimeout(timer);
    setConnection('connecting');
  };
}
