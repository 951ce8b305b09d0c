import { createSignal, onCleanup } from 'solid-js';
import { api, ask } from '../api/client.ts';

export type Connection = 'connecting' | 'live' | 'lost';
/** Ids of jobs that have changed; undefined: any may have, for there was no connection. */
export type JobsChanged = (ids: ReadonlySet<string> | undefined) => void;

const reconnectAfterMs = 2000;
/** Of a page that nobody sees. */
const pollMs = 10_000;

const [connection, setConnection] = createSignal<Connection>('connecting');
export { connection };

const listeners = new Set<JobsChanged>();

/** Tells the current component about changes of jobs until it is gone. */
export function onJobsChanged(listener: JobsChanged): void {
  listeners.add(listener);
  onCleanup(() => listeners.delete(listener));
}

function tell(ids: ReadonlySet<string> | undefined): void {
  for (const listener of listeners) listener(ids);
}

/**
 * Follows the changes of jobs, for all that is on the page, until the answer is called: by a stream of events while somebody
 * sees the page. Browsers have six connections to a server, for all of their tabs: the others ask now and then.
 */
export function openEvents(): () => void {
  let closeStream = document.hidden ? () => undefined : openStream();
  const poll = setInterval(() => document.hidden && tell(undefined), pollMs);
  const visibilityChanged = (): void => {
    closeStream();
    if (!document.hidden) closeStream = openStream();
  };
  document.addEventListener('visibilitychange', visibilityChanged);
  return () => {
    document.removeEventListener('visibilitychange', visibilityChanged);
    clearInterval(poll);
    closeStream();
    setConnection('connecting');
  };
}

function openStream(): () => void {
  let source: EventSource;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let over = false;

  const connect = (): void => {
    if (over) return;
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
      if (source.readyState === EventSource.CLOSED) timer = setTimeout(() => void comeBack(), reconnectAfterMs);
    });
  };
  const comeBack = async (): Promise<void> => {
    // an ended session leads to the sign-in page
    await ask(api.GET('/auth/session')).catch(() => undefined);
    connect();
  };

  connect();
  return () => {
    over = true;
    clearTimeout(timer);
    source.close();
  };
}
