import { defineRoute } from '../routing/route.js';
import { EventStream } from '../sse/event-stream.js';
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
  handle: async ({ ctx, deps, server }) => {
    if (ctx.method === 'HEAD') {
      ctx.status = 200;
      return;
    }
    const stream = new EventStream(ctx, deps.settings.heartbeatMs);
    const changes = deps.watchAllJobs(AbortSignal.any([stream.closed, server.stopping]))[Symbol.asyncIterator]();
    let next = changes.next();
    // only now: from here on no change is missed
    await stream.write(ready);
    for (let change = await next; !change.done; change = await next) {
      await stream.write(frame({ event: 'jobs', data: JSON.stringify({ ids: change.value }) }));
      next = changes.next();
    }
    stream.end();
  },
});

export const eventRoutes = [streamEvents];
