import { once } from 'node:events';
import type { Response } from './http-messages.js';

/** An NDJSON answer: one JSON value a line, at the pace of the reader. The first line sends the status 200. */
export class LineStream {
  constructor(
    private readonly response: Response,
    private readonly requestId: string,
    private readonly signal: AbortSignal,
  ) {}

  async write(value: object): Promise<void> {
    if (this.signal.aborted) return;
    if (!this.response.headersSent) {
      this.response.writeHead(200, { 'content-type': 'application/x-ndjson', 'x-request-id': this.requestId });
    }
    if (this.response.write(line(value))) return;
    // where the wait is aborted, the signal ends the step's output as well
    await once(this.response, 'drain', { signal: this.signal }).catch(() => undefined);
  }
}

export function line(value: object): string {
  return JSON.stringify(value) + '\n';
}
