import { createHmac } from 'node:crypto';
import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PushEvent } from '@danube/plugin-api';

const source = fileURLToPath(new URL('test-forge-plugin', import.meta.url));
const contract = fileURLToPath(new URL('../../packages/plugin-api', import.meta.url));

/** Where the administrator of a server would install it, with what it needs beside it. */
export function installTestForge(dataDir: string): void {
  const modules = join(dataDir, 'plugins', 'node_modules');
  mkdirSync(join(modules, '@danube'), { recursive: true });
  symlinkSync(contract, join(modules, '@danube', 'plugin-api'));
  cpSync(source, join(modules, 'danube-plugin-test-forge'), { recursive: true });
}

export const testCommit = (n: number): string => n.toString(16).padStart(40, '0');

const push = {
  repository: { fullName: 'octo/hello', cloneUrls: ['https://git.example.org/octo/hello.git'] },
  ref: 'refs/heads/main',
  commit: testCommit(1),
};

/** A push as the test forge sends it; `changes` may be of any event. */
export function testEvent(changes: Readonly<Record<string, unknown>> = {}): Buffer {
  return Buffer.from(JSON.stringify({ event: 'push', ...push, ...changes }));
}

/** What the forge remembers of a push. */
export function testPush(changes: Partial<PushEvent> = {}): PushEvent {
  return { ...push, kind: 'push', before: undefined, message: '', actor: 'ada', ...changes };
}

/** Headers of a delivery that was signed with the secret. */
export function signedHeaders(body: Uint8Array, secret: string, deliveryId?: string): Record<string, string> {
  return {
    'content-type': 'application/json',
    'x-test-signature': createHmac('sha256', secret).update(body).digest('hex'),
    ...(deliveryId !== undefined && { 'x-test-delivery': deliveryId }),
  };
}
