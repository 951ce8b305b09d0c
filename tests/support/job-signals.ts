import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { testRuntime } from './test-runtime.js';

/**
 * Lies beside the pipeline files. `python3 signals.py tell NAME TEXT` tells the test something; without a text what stands
 * in its input. `python3 signals.py wait NAME` goes on when the test says so.
 */
export const signalsProgram = `import http.client, os, sys
verb, name, *text = sys.argv[1:]
body = text[0].encode() if text else sys.stdin.buffer.read() if verb == "tell" else b""
connection = http.client.HTTPConnection(os.environ["SIGNALS"])
connection.request("POST", f"/{verb}/{name}", body)
sys.exit(connection.getresponse().status != 200)
`;

/** How jobs and their test meet, wherever the jobs run. */
export class JobSignals {
  readonly #told = new Map<string, string[]>();
  readonly #released = new Set<string>();
  readonly #changes = new EventEmitter().setMaxListeners(0);

  private constructor(
    private readonly server: Server,
    /** The value of the variable `SIGNALS` of jobs. */
    readonly address: string,
  ) {
    server.on('request', (request, response) => void this.#answer(request, response));
  }

  static async start(): Promise<JobSignals> {
    const { host, bindHost } = await testRuntime();
    const server = createServer().listen(0, bindHost);
    await once(server, 'listening');
    return new JobSignals(server, `${host}:${(server.address() as AddressInfo).port}`);
  }

  /** What was told under a name so far. */
  told(name: string): readonly string[] {
    return this.#told.get(name) ?? [];
  }

  /** Resolves with the first text that is told under a name. */
  async hears(name: string): Promise<string> {
    while (this.told(name).length === 0) await once(this.#changes, 'change');
    return this.told(name)[0] ?? '';
  }

  /** Lets those go on who wait for the name, now or later. */
  release(name: string): void {
    this.#released.add(name);
    this.#changes.emit('change');
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, verb, name = ''] = (request.url ?? '').split('/');
    if (verb === 'tell') {
      this.#told.set(name, [...this.told(name), await text(request)]);
      this.#changes.emit('change');
    } else {
      while (!this.#released.has(name)) await once(this.#changes, 'change');
    }
    response.end();
  }
}
