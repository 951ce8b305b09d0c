import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { RecordingLoggers } from '@danube/test-support/recording-logger.js';
import type { KeyPair } from './certificate-source.js';
import { ControlCertificate } from './control-certificate.js';
import { makeAuthority, makeCertificate } from './make-certificates.js';
import { ProvidedCertificates } from './provided-certificates.js';

const dayMs = 86_400_000;
const host = 'ci.example.org';

let folder: string;
let authority: KeyPair;
let files: { certificate: string; key: string; ca: string };
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'danube-provided-'));
  const path = (name: string) => join(folder, name);
  files = { certificate: path('tls.crt'), key: path('tls.key'), ca: path('ca.crt') };
  authority = await makeAuthority(Date.now());
  await writeFile(files.ca, authority.certificate);
});
afterEach(() => rm(folder, { recursive: true }));

async function provide(pair: KeyPair): Promise<KeyPair> {
  await writeFile(files.certificate, pair.certificate);
  await writeFile(files.key, pair.key);
  return pair;
}

const issue = (at = Date.now(), hosts = [host]) => makeCertificate(authority, hosts, at);
const read = async (of: Parameters<typeof ProvidedCertificates.open>[0] = files) =>
  (await ProvidedCertificates.open(of, [host])).read();

test('what jobs will accept is taken, with the authority that they are to trust', async () => {
  const pair = await provide(await issue());
  expect(await read()).toEqual(pair);
  expect((await ProvidedCertificates.open(files, [host])).ca).toBe(authority.certificate);
});

test.each<[string, RegExp, () => Promise<KeyPair>]>([
  [
    'for another host',
    /connect to ci\.example\.org .*does not match certificate's altnames/,
    () => issue(Date.now(), ['x.org']),
  ],
  [
    'of another authority',
    /jobs will trust .*ca\.crt only/,
    async () => makeCertificate(await makeAuthority(Date.now()), [host], Date.now()),
  ],
  ['that has ended', /certificate has expired/, () => issue(Date.now() - 366 * dayMs)],
  [
    'that does not go with its key',
    /key values mismatch/,
    async () => ({ ...(await issue()), key: (await issue()).key }),
  ],
  ['that is none', /PEM/, () => Promise.resolve({ certificate: 'nonsense', key: 'nonsense' })],
])('a certificate %s is refused with the reason', async (_case, message, make) => {
  await provide(await make());
  await expect(read()).rejects.toMatchObject({
    code: 'control_certificate_unusable',
    message: expect.stringMatching(message) as string,
  });
});

test('one of an authority that nobody knows needs that authority', async () => {
  await provide(await issue());
  await expect(read({ ...files, ca: undefined })).rejects.toThrow(/server\.control_tls_ca names its certificate/);
});

test('a file that is missing is named', async () => {
  await expect(read()).rejects.toThrow(/cannot be read: .*tls\.crt/);
  await expect(read({ ...files, ca: '/nowhere/ca.crt' })).rejects.toThrow('/nowhere/ca.crt');
});

test('files that are replaced are shown at the next refresh, ones that do not work are not', async () => {
  const loggers = new RecordingLoggers();
  await provide(await issue(Date.now() - 340 * dayMs));
  const source = await ProvidedCertificates.open(files, [host]);
  const shown = await ControlCertificate.open(source, loggers.forTarget('danube.tls'), Date.now());
  expect(() => shown.checkHealth(Date.now())).toThrow(
    /ends at 20\d\d-.*; replace the files that server\.control_tls_cert/,
  );
  await writeFile(files.key, (await issue()).key);
  await shown.refresh(Date.now());
  expect(loggers.messages('error')).toHaveLength(1);
  expect(() => shown.checkHealth(Date.now())).toThrow();

  await provide(await issue());
  await shown.refresh(Date.now());
  await shown.refresh(Date.now());
  expect(loggers.messages('info')).toEqual(['the control planes show a new certificate']);
  shown.checkHealth(Date.now());
  shown.checkHealth(Date.now() + 334 * dayMs);
  expect(() => shown.checkHealth(Date.now() + 336 * dayMs)).toThrow(
    expect.objectContaining({ code: 'control_certificate_ending', category: 'unavailable' }),
  );
});
