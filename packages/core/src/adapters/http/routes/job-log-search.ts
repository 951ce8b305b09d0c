import { isDanubeError } from '@danube/plugin-api';
import type { LogSearch } from '../../../services/ports/log-store.js';
import { requestInvalid } from '../errors/http-errors.js';
import { answerWithEvents, type StreamCall } from '../sse/answer-with-events.js';
import { frame } from '../sse/frame.js';

/** Answers with the numbers of the lines found, as they are found. */
export async function searchJobLog(call: StreamCall, jobId: string, search: LogSearch): Promise<void> {
  if (search.regex) checkPattern(search.text);
  if (call.ctx.method === 'HEAD') {
    call.ctx.status = 200;
    return;
  }
  await answerWithEvents(call, async (stream, over) => {
    const send = (event: string, data: unknown) => stream.write(frame({ event, data: JSON.stringify(data) }));
    let count = 0;
    try {
      await call.deps.logs.search(
        jobId,
        search,
        ({ lines, searchedTo }) => {
          count += lines.length;
          // not waited for: the limit bounds it, and a slow reader must not keep others from searching
          void send('found', { lines, searched_to: searchedTo });
        },
        over,
      );
      await send('end', { count, limited: count >= search.limit });
    } catch (error) {
      if (!isDanubeError(error)) throw error;
      await send('error', { code: error.code, message: error.message });
    }
  });
}

function checkPattern(pattern: string): void {
  try {
    new RegExp(pattern);
  } catch (error) {
    const message = `is no regular expression of JavaScript: ${(error as Error).message}`;
    throw requestInvalid([{ in: 'query', field: 'q', message }]);
  }
}
