import { createHmac, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

export const repositoryUrl = 'https://github.com/Codertocat/Hello-World.git';

export interface SignedPush {
  readonly id: string;
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

interface Examples {
  readonly name: string;
  readonly examples: readonly { readonly ref: string }[];
}

/** Pushes as GitHub sends them, recorded with all their fields, each to a branch of its own. */
export function signedPushes(count: number, secret: string): readonly SignedPush[] {
  const file = createRequire(import.meta.url).resolve('@octokit/webhooks-examples/api.github.com/index.json');
  const events = JSON.parse(readFileSync(file, 'utf8')) as readonly Examples[];
  const recorded = events
    .find(({ name }) => name === 'push')
    ?.examples.find(({ ref }) => ref.startsWith('refs/heads/'));
  return Array.from({ length: count }, (_, n) => {
    const after = randomBytes(20).toString('hex');
    const body = Buffer.from(JSON.stringify({ ...recorded, ref: `refs/heads/load-${n}`, after, deleted: false }));
    const id = `load-${n}`;
    const signature = createHmac('sha256', secret).update(body).digest('hex');
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'GitHub-Hookshot/0123456',
      'x-github-event': 'push',
      'x-github-delivery': id,
      'x-hub-signature-256': `sha256=${signature}`,
    };
    return { id, body, headers };
  });
}
