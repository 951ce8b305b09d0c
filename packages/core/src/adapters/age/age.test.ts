import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateHybridIdentity, identityToRecipient } from 'age-encryption';
import { expect, test } from 'vitest';
import { maxSealedCharacters, sealedTextProblem } from '../../domain/secret/sealed-text-problem.js';
import { sealedPayload } from '../../domain/secret/sealed-payload.js';
import { maxSecretBytes } from '../../domain/secret/secret-value-problem.js';
import { AgeIdentity } from './age-identity.js';
import { sealForRecipient } from './seal-for-recipient.js';

async function parsed(text: string): Promise<AgeIdentity> {
  const identity = await AgeIdentity.parse(text);
  if (identity === undefined) throw new Error('this is an identity');
  return identity;
}

const file = await AgeIdentity.generate();
const identity = await parsed(file);

test.each(['', 'hunter2', 'é\n\u0000\ufeff', 'x'.repeat(200_000)])('text %# comes back', async (text) => {
  const sealed = await sealForRecipient(text, identity.recipient);
  expect(sealedTextProblem(sealed)).toBeUndefined();
  expect(await identity.open(sealed)).toBe(text);
  expect(await identity.open(sealed.replaceAll('\n', '\r\n'))).toBe(text);
});

test('the longest value has room, also where JSON escapes all of it', async () => {
  const payload = sealedPayload(
    'A'.repeat(200),
    { kind: 'team', team: 'a'.repeat(100) },
    '\u0000'.repeat(maxSecretBytes),
  );
  const sealed = await sealForRecipient(payload, identity.recipient);
  expect(sealedTextProblem(sealed)).toBeUndefined();
  expect(sealedTextProblem(`${sealed}${' '.repeat(maxSealedCharacters)}`)).toMatch(/characters; 655360 are accepted/);
});

test('the same text is sealed differently each time', async () => {
  const [one, other] = [
    await sealForRecipient('x', identity.recipient),
    await sealForRecipient('x', identity.recipient),
  ];
  expect(one).not.toBe(other);
});

test('another instance does not open it, and nobody once it is damaged', async () => {
  const sealed = await sealForRecipient('hunter2', identity.recipient);
  const other = await parsed(await AgeIdentity.generate());
  expect(await other.open(sealed)).toBeUndefined();
  const lines = sealed.split('\n');
  const flipped = lines.map((line, index) =>
    index === 4 ? line.replace(/^./, line.startsWith('A') ? 'B' : 'A') : line,
  );
  expect(await identity.open(flipped.join('\n'))).toBeUndefined();
  expect(await identity.open(lines.toSpliced(2, 1).join('\n'))).toBeUndefined();
  expect(await identity.open('no age file')).toBeUndefined();
});

const key = file.split('\n')[1] ?? '';

test('an identity is read as age-keygen writes it', async () => {
  const text = `# created: 2026-01-06T12:34:56Z\r\n# public key: ${identity.recipient}\r\n\r\n${key}\r\n`;
  expect((await parsed(text)).recipient).toBe(identity.recipient);
});

test.each([
  ['nothing', ''],
  ['comments alone', '# nothing\n'],
  ['a wrong check sum', key.replace(/.$/, (last) => (last === 'Q' ? 'P' : 'Q'))],
  ['a part of one', key.slice(0, -5)],
  ['two', `${key}\n${key}\n`],
  ['a recipient', identity.recipient],
  ['another kind', await generateHybridIdentity()],
])('%s is no identity', async (_case, text) => {
  expect(await AgeIdentity.parse(text)).toBeUndefined();
});

test.each([
  ['nothing', ''],
  ['the private key', key],
  ['a wrong check sum', identity.recipient.replace(/.$/, (last) => (last === 'q' ? 'p' : 'q'))],
  ['another kind', await identityToRecipient(await generateHybridIdentity())],
  ['two', `${identity.recipient} ${identity.recipient}`],
])('%s is no recipient, and is not repeated', async (_case, recipient) => {
  const error = await sealForRecipient('x', recipient).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({ code: 'recipient_invalid', category: 'invalid' });
  if (recipient !== '') expect(String(error)).not.toContain(recipient);
});

test.skipIf(spawnSync('age', ['--version']).error !== undefined)(
  'the age command and Danube open what the other sealed',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'danube-age-'));
    try {
      const path = join(folder, 'age.identity');
      writeFileSync(path, file, { mode: 0o600 });
      const sealed = await sealForRecipient('of Danube', identity.recipient);
      expect(execFileSync('age', ['--decrypt', '--identity', path], { input: sealed, encoding: 'utf8' })).toBe(
        'of Danube',
      );
      const args = ['--armor', '--recipient', identity.recipient];
      expect(await identity.open(execFileSync('age', args, { input: 'of age', encoding: 'utf8' }))).toBe('of age');
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);
