import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isDanubeError, SecretValue, type ForgeEvent, type Ignored } from '@danube/plugin-api';
import { expect, test } from 'vitest';
import { identifyRepository } from './identify-repository.js';
import { parseEvent } from './parse-event.js';
import { verifySignature } from './verify-signature.js';

interface Examples {
  readonly name: string;
  readonly examples: readonly { readonly action?: string; readonly ref?: string; readonly deleted?: boolean }[];
}

const require = createRequire(import.meta.url);
const servers = ['api.github.com', 'ghes-31', 'ghes-32', 'ghes-33', 'ghes-34', 'ghes-35'];

/** Every payload that was recorded for the developers of webhooks, as GitHub sent it. */
const deliveries = servers.flatMap((server) => {
  const file = require.resolve(`@octokit/webhooks-examples/${server}/index.json`);
  const events = JSON.parse(readFileSync(file, 'utf8')) as readonly Examples[];
  return events.flatMap(({ name, examples }) =>
    examples.map((example) => ({
      name,
      example,
      delivery: { headers: { 'x-github-event': name }, body: Buffer.from(JSON.stringify(example)) },
    })),
  );
});

function outcome<T>(read: () => T): T | 'invalid' {
  try {
    return read();
  } catch (error) {
    if (isDanubeError(error) && error.code === 'delivery_invalid') return 'invalid';
    throw error;
  }
}

test('every example is read without a failure', () => {
  expect(deliveries.length).toBeGreaterThan(400);
  for (const { name, delivery } of deliveries) {
    expect(
      outcome(() => identifyRepository(delivery)),
      name,
    ).not.toBe('invalid');
    expect(
      outcome(() => parseEvent(delivery)),
      name,
    ).not.toBe('invalid');
    expect(verifySignature(delivery, new SecretValue('secret'))).toBe(false);
  }
});

test('pushes and pull requests with new commits are events, and nothing else is', () => {
  const starting = ['opened', 'synchronize', 'reopened'];
  for (const { name, example, delivery } of deliveries) {
    const event: ForgeEvent | Ignored = parseEvent(delivery);
    const isPush = name === 'push' && example.deleted === false;
    const isPullRequest = name === 'pull_request' && starting.includes(example.action ?? '');
    const expected = isPush ? 'push' : isPullRequest ? 'pull_request' : 'ignored';
    expect(event.kind, `${name} ${example.action ?? example.ref ?? ''}`).toBe(expected);
    if (event.kind !== 'ignored') expect(event.repository).toEqual(identifyRepository(delivery));
  }
});
