import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { SignedPush } from './signed-pushes.js';

export interface SentPush {
  readonly id: string;
  readonly attempts: number;
  /** From the time at which it was due to its answer: a sender that is held up by slow answers cannot hide them. */
  readonly ms: number;
  /** The server was down when it was due, or went down before it answered. */
  readonly metOutage: boolean;
}

const againAfterMs = 500;
/** The server had no time for it, or no room. */
const askAgain = new Set([408, 503]);

/** Sends at a steady rate and each one until it is answered with 200. `serving` says whether the server is meant to be up. */
export async function sendPushes(
  url: string,
  pushes: readonly SignedPush[],
  perSecond: number,
  serving: () => boolean,
): Promise<readonly SentPush[]> {
  const agent = new Agent({ keepAlive: true });
  const start = performance.now();
  const sending: Promise<SentPush>[] = [];
  while (sending.length < pushes.length) {
    const due = Math.min(pushes.length, Math.floor(((performance.now() - start) / 1000) * perSecond) + 1);
    for (let n = sending.length; n < due; n += 1) {
      sending.push(sendOne(agent, url, pushes[n]!, start + (n / perSecond) * 1000, serving));
    }
    await delay(1);
  }
  const sent = await Promise.all(sending);
  agent.destroy();
  return sent;
}

async function sendOne(
  agent: Agent,
  url: string,
  push: SignedPush,
  dueAt: number,
  serving: () => boolean,
): Promise<SentPush> {
  let metOutage = !serving();
  for (let attempts = 1; ; attempts += 1) {
    try {
      const status = await post(agent, url, push);
      if (status === 200) return { id: push.id, attempts, ms: performance.now() - dueAt, metOutage };
      if (!askAgain.has(status)) throw new Error(`a webhook was answered with ${status}`);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    }
    metOutage = true;
    await delay(againAfterMs);
  }
}

function post(agent: Agent, url: string, { body, headers }: SignedPush): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', agent, headers: { ...headers, 'content-length': body.length } });
    sent.on('response', (response) => response.resume().once('end', () => resolve(response.statusCode ?? 0)));
    sent.on('error', reject);
    sent.end(body);
  });
}

export function percentile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? NaN;
}
