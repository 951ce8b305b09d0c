import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { PushEvent } from '@danube/plugin-api';
import { ServedProject, type ServedPipeline } from './served-project.js';
import { installTestForge, signedHeaders, testEvent } from './test-forge.js';

/** No event tells about deliveries. */
const askAgainMs = 50;

export const webhookSecret = 'the-secret-of-the-hook';

export interface DeliveryBody {
  readonly id: string;
  readonly forge_delivery_id?: string;
  readonly source: string;
  readonly status: string;
  readonly event?: string;
  readonly reason?: string;
  readonly commit?: string;
  readonly verdicts: readonly { readonly outcome: string; readonly reason: string; readonly job_id?: string }[];
}

/** A real server with the test forge, installed as an administrator would, and its webhooks. */
export class ServedDeliveries {
  private constructor(readonly served: ServedProject) {}

  /** One job runs at a time, so that the others can be looked at while they wait. */
  static async start(pipelines: Readonly<Record<string, ServedPipeline>>): Promise<ServedDeliveries> {
    const served = await ServedProject.start(pipelines, { prepare: installTestForge });
    const deliveries = new ServedDeliveries(served);
    deliveries.remember([]);
    await served.server.json('PUT', '/api/v1/secrets/hook', { value: webhookSecret });
    await served.configure({
      jobs: { max_concurrent: 1 },
      plugins: [{ package: 'danube-plugin-test-forge' }],
      forges: [{ type: 'test', webhook_secret: 'hook', history_file: deliveries.#historyFile }],
    });
    return deliveries;
  }

  /** What the forge answers when it is asked for pushes of the past. */
  remember(pushes: readonly PushEvent[]): void {
    writeFileSync(this.#historyFile, JSON.stringify(pushes));
  }

  get repository() {
    return { fullName: 'octo/hello', cloneUrls: [this.served.repositoryUrl] };
  }

  event(changes: Readonly<Record<string, unknown>> = {}): Buffer {
    return testEvent({ repository: this.repository, commit: this.served.project.head(), ...changes });
  }

  /** As a forge sends it; rejects where no answer came. */
  send(body: Buffer, headers: Readonly<Record<string, string>> = {}, forge = 'test'): Promise<Response> {
    return fetch(`http://${this.served.server.address}/webhooks/${forge}`, { method: 'POST', body, headers });
  }

  async sendSigned(body: Buffer, deliveryId?: string): Promise<string> {
    const response = await this.send(body, signedHeaders(body, webhookSecret, deliveryId));
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
    return ((await response.json()) as { id: string }).id;
  }

  /** Every delivery, newest first. */
  async list(query = ''): Promise<readonly DeliveryBody[]> {
    const all: DeliveryBody[] = [];
    for (let cursor = ''; ;) {
      const path = `/api/v1/deliveries?limit=200${query}${cursor}`;
      const page = await this.served.server.json<{ items: DeliveryBody[]; next_cursor?: string }>('GET', path);
      all.push(...page.items);
      if (page.next_cursor === undefined) return all;
      cursor = `&cursor=${page.next_cursor}`;
    }
  }

  show(id: string): Promise<DeliveryBody> {
    return this.served.server.json('GET', `/api/v1/deliveries/${id}`);
  }

  /** The delivery once it has been worked on. */
  async worked(id: string): Promise<DeliveryBody> {
    for (;;) {
      const delivery = await this.show(id);
      if (delivery.status !== 'received') return delivery;
      await setTimeout(askAgainMs);
    }
  }

  async allWorked(): Promise<void> {
    while ((await this.list('&status=received')).length > 0) await setTimeout(askAgainMs);
  }

  async jobs(pipeline: string) {
    const path = `/api/v1/jobs?limit=200&pipeline=${pipeline}`;
    const { items } = await this.served.server.json<{
      items: readonly { readonly id: string; readonly source: { readonly ref: string; readonly commit: string } }[];
    }>('GET', path);
    return items;
  }

  get #historyFile(): string {
    return join(this.served.folder, 'history.json');
  }
}
