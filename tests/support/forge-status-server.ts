import { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CommitStatus, Forge } from '@danube/plugin-api';
import { ForgeApi } from '@danube/plugin-api/toolkit';
import { readJson, startLocalHttpServer, type LocalHttpServer } from './local-http-server.js';

export type ForgeFault = 'answer403' | 'answer422' | 'answer429' | 'answer500' | 'never';

/** A forge as far as commit statuses go: a real HTTP server, and the plugin's side of it. */
export class ForgeStatusServer extends EventEmitter<{ changed: [] }> {
  /** What it took, in order. */
  readonly accepted: (CommitStatus & { readonly path: string; readonly ref?: string })[] = [];
  attempts = 0;
  #fault: ForgeFault | undefined;
  #gate: Promise<void> | undefined;
  #server: LocalHttpServer | undefined;

  static async start(): Promise<ForgeStatusServer> {
    const forge = new ForgeStatusServer();
    forge.#server = await startLocalHttpServer((request, response) => void forge.#answer(request, response));
    return forge;
  }

  get url(): string {
    return this.#server?.url ?? '';
  }

  /** Resolves once it has taken a report with this state. */
  async took(state: CommitStatus['state']): Promise<void> {
    while (!this.accepted.some((status) => status.state === state)) {
      await new Promise<void>((resolve) => this.once('changed', resolve));
    }
  }

  /** What it does to every report from now on; undefined: it accepts them. */
  fail(fault: ForgeFault | undefined): void {
    this.#fault = fault;
    this.#gate = undefined;
  }

  /** Reports from now on are accepted only once they are released. */
  hold(): { readonly arrived: Promise<void>; release(): void } {
    let release: () => void = () => undefined;
    this.#gate = new Promise((resolve) => (release = resolve));
    const arrived = new Promise<void>((resolve) => this.once('changed', resolve));
    return {
      arrived,
      release: () => {
        this.#gate = undefined;
        release();
      },
    };
  }

  /** A forge whose plugin reports here; everything else of it does nothing. */
  plugin(timeLimitMs: number): Forge {
    const api = new ForgeApi({ forge: 'the test forge', baseUrl: this.url, timeLimitMs });
    return {
      credentialHeaders: [],
      servesRepository: (url) => url.startsWith('https://git.example.org/'),
      deliveryId: () => undefined,
      identifyRepository: () => ({ kind: 'ignored', reason: 'it only takes statuses' }),
      verifySignature: () => false,
      parseEvent: () => ({ kind: 'ignored', reason: 'it only takes statuses' }),
      statuses: {
        report: async ({ sha, ref }, status, signal) => {
          await api.call({ method: 'POST', path: `/statuses/${sha}`, body: { ...status, ref } }, signal);
        },
      },
    };
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const status = (await readJson(request)) as CommitStatus;
    this.attempts += 1;
    const fault = this.#fault;
    this.emit('changed');
    await this.#gate;
    if (fault === 'never') return;
    if (fault === 'answer429') response.setHeader('retry-after', '120');
    response.statusCode = fault === undefined ? 201 : Number(fault.replace('answer', ''));
    if (fault === undefined) this.accepted.push({ path: request.url ?? '', ...status });
    response.end('{}');
    this.emit('changed');
  }

  async close(): Promise<void> {
    await this.#server?.close();
  }
}
