import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fakeTerminal } from '@danube/test-support/fake-terminal.js';
import { adminToken, HttpFixture } from '@danube/test-support/http-fixture.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Envelope } from '../../domain/provenance/dsse.js';
import { runCli } from '../run-cli.js';

const content = Buffer.from('the archive of web');
const other = Buffer.from('another archive of web');

let http: HttpFixture;
let folder: string;
let jobId: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'danube-cli-verify-'));
  http = await HttpFixture.start();
  await http.addPipelines('web');
  jobId = await http.addAttestedJob({ web: content });
  await write('web.tar.gz', content);
});
afterEach(async () => {
  await http.stop();
  await rm(folder, { recursive: true });
});

const write = (name: string, data: string | Uint8Array) => writeFile(path.join(folder, name), data);
const read = (name: string) => readFile(path.join(folder, name));

async function run(args: readonly string[], { isTTY = false, server = http.url } = {}) {
  const env = { DANUBE_SERVER: server, DANUBE_TOKEN: adminToken };
  const terminal = fakeTerminal({ env, cwd: folder, isTTY });
  const exitCode = await runCli(args, terminal);
  return { exitCode, stdout: terminal.stdout(), stderr: terminal.stderr() };
}

const nowhere = { server: 'http://127.0.0.1:9' };
const files = ['--public-key', 'danube.pub', '--signature', 'web.tar.gz.sig', '--provenance', 'provenance.json'];
const offline = (...args: readonly string[]) => run(['verify-artifact', 'web.tar.gz', ...files, ...args], nowhere);

/** What is needed without a server, of one artifact of one job. */
async function saveEvidence(id: string, name: string): Promise<void> {
  const get = async (url: string) => Buffer.from(await (await http.fetch(url)).arrayBuffer());
  await write('danube.pub', await get('/api/v1/signing-key'));
  await write('web.tar.gz.sig', await get(`/api/v1/jobs/${id}/artifacts/${name}.sig`));
  await write('provenance.json', await get(`/api/v1/jobs/${id}/provenance`));
}

async function flip(name: string, at = 0): Promise<void> {
  const bytes = await read(name);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  await write(name, bytes);
}

async function editEnvelope(edit: (envelope: Envelope) => Envelope): Promise<void> {
  const envelope = JSON.parse((await read('provenance.json')).toString()) as Envelope;
  await write('provenance.json', JSON.stringify(edit(envelope)));
}

const newKey = () => generateKeyPairSync('ed25519');

test('an artifact is checked against what its server has, and what it was built from is shown', async () => {
  const { exitCode, stdout, stderr } = await run(['verify-artifact', 'web.tar.gz']);
  const sha256 = (await http.database.artifacts.find(jobId, 'web'))?.sha256;
  expect(stderr).toBe('');
  expect(stdout.split('\n')).toEqual([
    `✓ Provenance valid (signed with key ${http.signer.keyId})`,
    '✓ Signature valid (signed by https://danube.example.com#kubernetes)',
    `✓ Checksum matches provenance (sha256: ${sha256})`,
    '✓ Built from git.example.org/web @ commit 4f0c1f4b2a9d5e6c7b8a9d0e1f2a3b4c5d6e7f80',
    '✓ Branch: main',
    `✓ Job: ${jobId} of pipeline web, 2026-01-06T12:34:56.789Z`,
    '✓ Builder: Danube v1.0.0 (https://danube.example.com#kubernetes)',
    '✓ SLSA Build Level 3',
    '',
  ]);
  expect(exitCode).toBe(0);
});

test('ticks are green on a terminal', async () => {
  const { stdout } = await run(['verify-artifact', 'web.tar.gz'], { isTTY: true });
  expect(stdout).toContain('\u001b[32m✓\u001b[39m Provenance valid');
});

test('--json prints the same for programs', async () => {
  const { exitCode, stdout } = await run(['verify-artifact', 'web.tar.gz', '--json']);
  expect([exitCode, JSON.parse(stdout)]).toEqual([
    0,
    {
      verified: true,
      file: 'web.tar.gz',
      sha256: (await http.database.artifacts.find(jobId, 'web'))?.sha256,
      checks: [
        expect.stringMatching(/^Provenance valid/) as string,
        expect.stringMatching(/^Signature valid/) as string,
        expect.stringMatching(/^Checksum matches/) as string,
      ],
      build: {
        builder: 'https://danube.example.com#kubernetes',
        danube_version: '1.0.0',
        repository: 'https://git.example.org/web.git',
        commit: '4f0c1f4b2a9d5e6c7b8a9d0e1f2a3b4c5d6e7f80',
        ref: 'refs/heads/main',
        branch: 'main',
        pipeline: 'web',
        job_id: jobId,
        finished_at: '2026-01-06T12:34:56.789Z',
        isolation: 'kubernetes',
        slsa_build_level: 3,
      },
    },
  ]);
});

test('with all files no server is asked', async () => {
  await saveEvidence(jobId, 'web');
  const { exitCode, stdout, stderr } = await offline();
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(stdout).toContain('✓ SLSA Build Level 3\n');
});

test('what is saved by the command line is what it takes', async () => {
  await rm(path.join(folder, 'web.tar.gz'));
  await run(['artifacts', 'download', jobId, 'web', '--signature']);
  await write('danube.pub', (await run(['signing-key'])).stdout);
  await write('provenance.json', (await run(['provenance', jobId])).stdout);
  expect(await offline()).toMatchObject({ exitCode: 0, stderr: '' });
  await rm(path.join(folder, 'web.tar.gz'));
  const again = await run(['artifacts', 'download', jobId, 'web', '--signature']);
  expect(again).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('web.tar.gz.sig is there') as string });
  const statement = await run(['provenance', jobId, '--statement', '--format', 'slsa-v0.2']);
  expect(JSON.parse(statement.stdout)).toMatchObject({ predicateType: 'https://slsa.dev/provenance/v0.2' });
});

describe('is refused', () => {
  /** The code of the error, which is the same with `--json`. */
  async function refusal(check: (...args: readonly string[]) => ReturnType<typeof run>) {
    const [plain, json] = [await check(), await check('--json')];
    expect([plain.exitCode, json.exitCode]).toEqual([1, 1]);
    expect(plain.stdout).not.toContain('Built from');
    const result = JSON.parse(json.stdout) as { verified: boolean; error: { code: string; message: string } };
    expect(result.verified).toBe(false);
    expect(plain.stderr).toContain(`error: ${result.error.message} (${result.error.code})`);
    return result.error.code;
  }
  const online = (...args: readonly string[]) => run(['verify-artifact', 'web.tar.gz', ...args]);

  test('a file with a flipped byte', async () => {
    await saveEvidence(jobId, 'web');
    await flip('web.tar.gz', 5);
    expect(await refusal(offline)).toBe('artifact_changed');
    expect(await refusal(online)).toBe('artifact_unknown');
    expect(await refusal((...args) => online('--job', jobId, ...args))).toBe('artifact_changed');
  });

  test('another key', async () => {
    await saveEvidence(jobId, 'web');
    await write('danube.pub', newKey().publicKey.export({ type: 'spki', format: 'pem' }));
    expect(await refusal(offline)).toBe('signing_key_mismatch');
    expect(await refusal((...args) => online('--public-key', 'danube.pub', ...args))).toBe('signing_key_mismatch');
  });

  test('a provenance that nobody has signed, and nothing of it is printed', async () => {
    await saveEvidence(jobId, 'web');
    await editEnvelope((envelope) => ({ ...envelope, signatures: [{ keyid: '\u001b[2J', sig: 'AAAA' }] }));
    expect(await refusal(offline)).toBe('signing_key_mismatch');
    expect((await offline()).stderr).not.toContain('\u001b[2J');
  });

  test('the provenance of another job, which built another artifact of that name', async () => {
    await saveEvidence(jobId, 'web');
    const otherJob = await http.addAttestedJob({ web: other });
    await write('provenance.json', await (await http.fetch(`/api/v1/jobs/${otherJob}/provenance`)).text());
    expect(await refusal(offline)).toBe('provenance_of_other_job');
  });

  test('a provenance that does not list it', async () => {
    await saveEvidence(jobId, 'web');
    const otherJob = await http.addAttestedJob({ docs: other });
    await write('provenance.json', await (await http.fetch(`/api/v1/jobs/${otherJob}/provenance`)).text());
    expect(await refusal(offline)).toBe('artifact_not_in_provenance');
  });

  test('a provenance whose content was edited, or whose signature was', async () => {
    await saveEvidence(jobId, 'web');
    await editEnvelope((envelope) => {
      const text = Buffer.from(envelope.payload, 'base64').toString().replace('refs/heads/main', 'refs/heads/evil');
      return { ...envelope, payload: Buffer.from(text).toString('base64') };
    });
    expect(await refusal(offline)).toBe('provenance_changed');
    await saveEvidence(jobId, 'web');
    await editEnvelope((envelope) => ({ ...envelope, payloadType: 'text/plain' }));
    expect(await refusal(offline)).toBe('provenance_unreadable');
    await saveEvidence(jobId, 'web');
    await editEnvelope(({ signatures: [first], ...envelope }) => {
      const sig = Buffer.from(first?.sig ?? '', 'base64');
      sig[3] = (sig[3] ?? 0) ^ 1;
      return { ...envelope, signatures: [{ keyid: first?.keyid ?? '', sig: sig.toString('base64') }] };
    });
    expect(await refusal(offline)).toBe('provenance_changed');
    await saveEvidence(jobId, 'web');
    await editEnvelope((envelope) => ({ ...envelope, signatures: [] }));
    expect(await refusal(offline)).toBe('signing_key_mismatch');
  });

  test('a signature with a flipped byte, one of another artifact, or one that is text', async () => {
    await saveEvidence(jobId, 'web');
    await flip('web.tar.gz.sig', 40);
    expect(await refusal(offline)).toBe('artifact_signature_invalid');
    await write('web.tar.gz.sig', http.signer.sign(Buffer.alloc(32, 1)));
    expect(await refusal(offline)).toBe('artifact_signature_invalid');
    await write('web.tar.gz.sig', Buffer.from(http.signer.sign(content)).toString('base64'));
    expect(await refusal(offline)).toBe('artifact_signature_invalid');
  });

  test('an artifact without a signature, on the server or in the file', async () => {
    await http.database.database.execute('UPDATE artifacts SET signature = NULL');
    expect(await refusal(online)).toBe('artifact_signature_missing');
    await write('danube.pub', http.signer.publicKeyPem);
    expect(await refusal(offline)).toBe('evidence_unreadable');
  });

  test('a document of another format, or no document', async () => {
    await saveEvidence(jobId, 'web');
    await write('provenance.json', (await run(['provenance', jobId, '--format', 'slsa-v0.2'])).stdout);
    expect(await refusal(offline)).toBe('provenance_unreadable');
    await write('provenance.json', '{"payload":');
    expect(await refusal(offline)).toBe('provenance_unreadable');
  });

  test('a key file without a public key', async () => {
    await saveEvidence(jobId, 'web');
    for (const pem of ['', newKey().privateKey.export({ type: 'pkcs8', format: 'pem' })]) {
      await write('danube.pub', pem);
      expect(await refusal(offline)).toBe('public_key_unusable');
    }
  });

  test('an artifact of a job that has no provenance, and a file that is not there', async () => {
    const failed = await http.addJob();
    await http.addArtifact(failed.id, 'web', content);
    await http.move(failed, 'failure');
    expect(await refusal((...args) => online('--job', failed.id, ...args))).toBe('provenance_not_found');
    expect(await refusal((...args) => run(['verify-artifact', 'none', ...args]))).toBe('evidence_unreadable');
  });
});

test('the command and the values of its options are completed', async () => {
  expect((await run(['complete', '--', 'verify'])).stdout).toBe('verify-artifact\n');
  expect((await run(['complete', '--', 'verify-artifact', '--pu'])).stdout).toBe('--public-key\n');
  expect((await run(['complete', '--', 'verify-artifact', 'x', '--job', 'web#'])).stdout).toBe('web#1\n');
  expect((await run(['complete', '--', 'provenance', 'web#'])).stdout).toBe('web#1\n');
});
