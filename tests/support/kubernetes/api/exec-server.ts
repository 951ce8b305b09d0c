import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocketServer, type WebSocket } from 'ws';
import { matches, type RequestFilter } from '../faulty-answers.js';
import type { ClusterNode } from '../node/node.js';
import { ExecSession } from './exec-session.js';
import { notRunning, type ExecProtocol } from './exec-status.js';
import { findContainer } from './exec-target.js';
import type { ObjectStore } from './object-store.js';
import type { ResourceRequest } from './objects-api.js';
import { badRequest, Refusal } from './status.js';

const supported: readonly ExecProtocol[] = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];

/** Upgrades exec requests and keeps the open ones, so that a test can interfere. */
export class ExecServer {
  readonly #sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    autoPong: false,
    handleProtocols: (offered) => negotiate([...offered]) ?? false,
  });
  readonly #open = new Map<ExecSession, ResourceRequest>();
  #delayMs = 0;
  #stalled = false;

  constructor(
    private readonly store: ObjectStore,
    private readonly node: ClusterNode,
  ) {}

  /** Throws the refusal that is answered in place of the upgrade; calls `opened` once that has been made. */
  async serve(
    request: ResourceRequest,
    message: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    opened: () => void,
  ): Promise<void> {
    if (this.#delayMs > 0) await delay(this.#delayMs);
    const { pod, container } = findContainer(this.store, request);
    const command = request.query.getAll('command');
    if (command.length === 0) throw badRequest('you must specify at least 1 command for the container');
    const protocol = negotiate((message.headers['sec-websocket-protocol'] ?? '').split(/,\s*/));
    if (!protocol) throw badRequest(`unable to upgrade: server accepts [${supported.join(' ')}]`);
    const asks = (stream: string) => ['1', 'true'].includes(request.query.get(stream) ?? '');
    const streams = { stdin: asks('stdin'), stdout: asks('stdout'), stderr: asks('stderr') };
    const program = this.node.exec(pod, container.name, command, streams.stdin);
    // with v4 the kubelet itself answers
    if (!program && protocol === 'v4.channel.k8s.io')
      throw new Refusal(500, `container not found ("${container.name}")`);
    const session = new ExecSession(await this.#upgrade(message, socket, head), streams);
    this.#open.set(session, request);
    opened();
    if (this.#stalled) session.stall();
    await (program ? session.run(program, command) : session.end(notRunning(container.name)));
    this.#open.delete(session);
  }

  /** Destroys the connections of those that match; their programs go on. */
  cut(filter?: RequestFilter): void {
    for (const [session, request] of this.#open) if (matches(request, filter)) session.cut();
  }

  delay(ms: number): void {
    this.#delayMs = ms;
  }

  /** Half-open connections: nothing comes through those that are open or opened from now on. */
  stall(): void {
    this.#stalled = true;
    for (const session of this.#open.keys()) session.stall();
  }

  resume(): void {
    this.#stalled = false;
    for (const session of this.#open.keys()) session.resume();
  }

  get openCount(): number {
    return this.#open.size;
  }

  #upgrade(message: IncomingMessage, socket: Duplex, head: Buffer): Promise<WebSocket> {
    return new Promise((resolve) => this.#sockets.handleUpgrade(message, socket, head, resolve));
  }
}

function negotiate(offered: readonly string[]): ExecProtocol | undefined {
  return offered.map((name) => supported.find((one) => one === name)).find((one) => one !== undefined);
}
