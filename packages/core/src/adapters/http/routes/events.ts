import type { HttpDependencies } from '../http-dependencies.js';
import { defineRoute } from '../routing/route.js';
import { answerWithEvents } from '../sse/answer-with-events.js';
import type { EventStream } from '../sse/event-stream.js';
import { frame } from '../sse/frame.js';

const ready = frame({ event: 'ready', data: '{}' });

const streamEvents = defineRoute({
  method: 'GET',
  path: '/api/v1/events',
  operationId: 'streamEvents',
  tag: 'operation',
  summary: 'Which jobs change, as server-sent events',
  description: 'docs/http-api.md describes the events `ready` and `jobs`.',
  auth: 'required',
  streaming: true,
  responses: { 200: { description: 'Events until the client leaves or the server stops.', type: 'text/event-stream' } },
  handle: async (call) => {
    if (call.ctx.method !== 'HEAD')
      return answerWithEvents(call, (stream, over) => sendChanges(call.deps, stream, over));
    call.ctx.status = 200;
  },
});

async function sendChanges(deps: HttpDependencies, stream: EventStream, over: AbortSignal): Promise<void> {
  const changes = deps.watchAllJobs(over)[Symbol.asyncIterator]();
  let next = changes.next();
  // only now: from here on no change is missed
  await stream.write(ready);
  for (let change = await next; !change.done; change = await next) {
    await stream.write(frame({ event: 'jobs', data: JSON.stringify({ ids: change.value }) }));
    next = changes.next();
  }
}

export const eventRoutes = [streamEvents];
