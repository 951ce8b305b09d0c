import { once } from 'node:events';
import type { Context } from 'koa';

const reconnectAfterMs = 2000;

/** An answer of server-sent events. Writing waits for the client, so that a slow one holds nothing in memory. */
export class EventStream {
  readonly #closed = new AbortController();
  readonly #heartbeat: NodeJS.Timeout;

  constructor(
    private readonly ctx: Context,
    heartbeatMs: number,
  ) {
    // written past koa, which would buffer the stream a second time
    ctx.respond = false;
    ctx.res.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      // kept alive after its stream, a connection would keep a stopping server waiting
      connection: 'close',
      // nginx buffers proxied answers unless told otherwise
      'x-accel-buffering': 'no',
    });
    ctx.res.write(`retry: ${reconnectAfterMs}\n\n`);
    ctx.res.once('close', () => this.#closed.abort());
    this.#heartbeat = setInterval(() => {
      if (!ctx.res.writableNeedDrain) ctx.res.write(': heartbeat\n\n');
    }, heartbeatMs);
  }

  /** Aborted when the client has gone or the stream was ended. */
  get closed(): AbortSignal {
    return this.#closed.signal;
  }

  /** Resolves when the client has room for more, or is gone. */
  async write(frame: Buffer): Promise<void> {
    const { res } = this.ctx;
    if (this.closed.aborted || res.write(frame)) return;
    await once(res, 'drain', { signal: this.closed }).catch((error: unknown) => {
      if (!this.closed.aborted) throw error;
    });
  }

  end(): void {
    clearInterval(this.#heartbeat);
    this.ctx.res.end();
  }

  /** Cuts the connection, so that the client knows that something is missing and asks again. */
  cut(): void {
    clearInterval(this.#heartbeat);
    this.ctx.res.destroy();
  }
}
