import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import PQueue from 'p-queue';
import type { SignedPush } from './signed-pushes.js';

/** All times are those of `performance.now()`. */
export interface SentPush {
  readonly id: string;
  readonly attempts: number;
  readonly dueAt: number;
  /** Later than it was due where the sender itself had no processor time. */
  readonly sentAt: number;
  /** With 200. */
  readonly answeredAt: number;
}

/** As somebody does who presses “redeliver”: beside the new ones, and not all at once. */
const againPerSecond = 100;
/** The server had no time for it, or no room. */
const askAgain = new Set([408, 503]);

/** Sends at a steady rate, whatever the answers do, and each one until it is answered with 200. */
export async function sendPushes(
  url: string,
  pushes: readonly SignedPush[],
  perSecond: number,
): Promise<readonly SentPush[]> {
  const agent = new Agent({ keepAlive: true });
  const again = new PQueue({ interval: 100, intervalCap: againPerSecond / 10 });
  const start = performance.now();
  const sending: Promise<SentPush>[] = [];
  while (sending.length < pushes.length) {
    const due = Math.min(pushes.length, Math.floor(((performance.now() - start) / 1000) * perSecond) + 1);
    for (let n = sending.length; n < due; n += 1) {
      sending.push(sendOne(agent, again, url, pushes[n]!, start + (n / perSecond) * 1000));
    }
    await delay(1);
  }
  const sent = await Promise.all(sending);
  agent.destroy();
  return sent;
}

async function sendOne(agent: Agent, again: PQueue, url: string, push: SignedPush, dueAt: number): Promise<SentPush> {
  const sentAt = performance.now();
  let taken = await isTaken(agent, url, push);
  let attempts = 1;
  for (; !taken; attempts += 1) taken = await again.add(() => isTaken(agent, url, push));
  return { id: push.id, attempts, dueAt, sentAt, answeredAt: performance.now() };
}

/** False where it is to be sent again: nobody was there, or nobody had time for it. */
async function isTaken(agent: Agent, url: string, push: SignedPush): Promise<boolean> {
  try {
    const status = await post(agent, url, push);
    if (status === 200) return true;
    if (!askAgain.has(status)) throw new Error(`a webhook was answered with ${status}`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
  }
  return false;
}

function post(agent: Agent, url: string, { body, headers }: SignedPush): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', agent, headers: { ...headers, 'content-length': body.length } });
    sent.on('response', (response) => response.resume().once('end', () => resolve(response.statusCode ?? 0)));
    sent.on('error', reject);
    sent.end(body);
  });
}
