import type { Call } from '../routing/route.js';
import { EventStream } from './event-stream.js';

export type StreamCall = Pick<Call, 'ctx' | 'deps' | 'server'>;

/**
 * Answers with the events that `send` writes; `over` is aborted when the client has gone or the server stops. Resolves
 * when the answer is over, whoever ended it.
 */
export async function answerWithEvents(
  { ctx, deps, server }: StreamCall,
  send: (stream: EventStream, over: AbortSignal) => Promise<void>,
): Promise<void> {
  const stream = new EventStream(ctx, deps.settings.heartbeatMs);
  const over = new AbortController();
  const stop = (): void => over.abort();
  stream.closed.addEventListener('abort', stop);
  server.stopping.addEventListener('abort', stop);
  if (server.stopping.aborted) stop();
  try {
    await send(stream, over.signal);
    stream.end();
  } catch (error) {
    if (!over.signal.aborted) {
      const log = deps.loggers.forTarget('danube.http');
      log.error('a stream of events was cut short', { path: ctx.path, err: error });
    }
    stream.cut();
  } finally {
    stop();
    server.stopping.removeEventListener('abort', stop);
  }
}
