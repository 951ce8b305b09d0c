import 'reflect-metadata';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { SecretMatcher } from '@danube/core/domain/masking/secret-matcher.js';
import { LogFiles } from '@danube/core/adapters/log-files/log-files.js';
import { SystemClock } from '@danube/core/adapters/system-clock/system-clock.js';
import type { OutputStream } from '@danube/core/services/ports/job-runtime.js';

/**
 * A process that takes raw output files named `<sequence>.<stream>` into the log of job `job`, to be killed. Further
 * arguments are the job's secrets.
 */
const [directory = '', rawDirectory = '', ...secrets] = process.argv.slice(2);
const silent = { debug() {}, info() {}, warn() {}, error() {} };
const metrics = { count() {}, observe() {}, set() {} };
const settings = { directory, maxBytes: 2 ** 40, maxViewerLagBytes: 2 ** 20 };
const store = new LogFiles(settings, new SystemClock(), metrics, { forTarget: () => silent });

async function readRaw(sequence: number, stream: OutputStream, offset: number, length: number): Promise<Buffer> {
  const file = await open(join(rawDirectory, `${sequence}.${stream}`), 'r');
  try {
    const buffer = Buffer.alloc(length);
    const { bytesRead } = await file.read(buffer, 0, length, offset);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

const log = await store.openWriter('job', readRaw, new SecretMatcher(secrets));

async function takeIn(sequence: number, stream: OutputStream): Promise<void> {
  const source = { sequence, name: `step-${sequence}` };
  let offset = log.position(source)[stream];
  for (;;) {
    const bytes = await readRaw(sequence, stream, offset, 1 + Math.floor(Math.random() * 4096));
    if (bytes.length === 0) return;
    await log.append(source, stream, offset, bytes);
    offset += bytes.length;
    const tenth = Math.floor(offset / 100_000);
    if (tenth > 0)
      await log.remark(`${sequence} ${stream} ${tenth}`, `${sequence} ${stream} came to ${tenth} ${secrets.join(' ')}`);
  }
}

const streams = (await readdir(rawDirectory)).map((file) => file.split('.') as [string, OutputStream]);
await Promise.all(streams.map(([sequence, stream]) => takeIn(Number(sequence), stream)));
for (const [sequence] of streams) await log.finishSource({ sequence: Number(sequence), name: `step-${sequence}` });
await log.close();
