import { sampleCircumstances, sampleJob, sampleStep } from '@danube/test-support/database-samples.js';
import { schemaProblems } from '@danube/test-support/provenance-schemas.js';
import { expect, test } from 'vitest';
import type { Artifact } from '../artifact/artifact.js';
import type { Job } from '../job/job.js';
import type { BuildFacts } from './build-facts.js';
import { slsaV02Statement } from './slsa-v02.js';
import { slsaV1Statement } from './slsa-v1.js';

const commit = '4f0c1f4b2a9d5e6c7b8a9d0e1f2a3b4c5d6e7f80';
const imageDigest = 'cd'.repeat(32);

const job: Job = {
  ...sampleJob('019b9f4e-2f51-7c3a-9d1b-0e3c5a7f9b21', { env: { TARGET: 'release' } }),
  number: 12,
  pipelineName: 'web',
  status: 'success',
  scheduledAt: 1_767_225_600_000,
  startedAt: 1_767_225_601_000,
  finishedAt: 1_767_225_661_000,
  deadlineAt: undefined,
  reason: undefined,
  logRemovedAt: undefined,
};

const artifact = (name: string, sha256: string): Artifact => ({
  id: name,
  jobId: job.id,
  name,
  sizeBytes: 5,
  sha256,
  signature: Buffer.alloc(64, 1),
  createdAt: 7,
  place: { storage: '', key: name },
});

const facts: BuildFacts = {
  job,
  steps: [
    sampleStep(job.id, 1, { name: 'build', status: 'success', exitCode: 0, startedAt: 1_767_225_602_000 }),
    sampleStep(job.id, 2, { name: 'scan', image: `scanner@sha256:${imageDigest}`, status: 'failure', exitCode: 3 }),
    sampleStep(job.id, 3, { name: 'again', image: 'node:20', status: 'success', exitCode: 0 }),
    sampleStep(job.id, 4, { name: 'more', image: 'node:20', status: 'success', exitCode: 0 }),
  ],
  artifacts: [artifact('docs', 'aa'.repeat(32)), artifact('web', 'bb'.repeat(32))],
  circumstances: { ...sampleCircumstances, pipelineFile: 'ci/danubefile.py' },
  pipelineFileSha256: 'ee'.repeat(32),
  logSha256: 'ff'.repeat(32),
};

const without: BuildFacts = {
  ...facts,
  steps: [],
  circumstances: { ...facts.circumstances, configCommit: undefined, image: 'debian:13' },
  pipelineFileSha256: undefined,
};

const source = 'git+https://git.example.org/web.git@refs/heads/main';

test('a statement is what in-toto and SLSA v1 specify, whatever is not known', () => {
  expect(schemaProblems('statementV1', slsaV1Statement(facts))).toEqual([]);
  expect(schemaProblems('statementV1', slsaV1Statement(without))).toEqual([]);
  expect(schemaProblems('statementV1', slsaV1Statement({ ...facts, artifacts: [] }))).not.toEqual([]);
});

test('a statement of SLSA v0.2 is what that specifies', () => {
  expect(schemaProblems('statementV02', slsaV02Statement(facts))).toEqual([]);
  expect(schemaProblems('statementV02', slsaV02Statement(without))).toEqual([]);
});

test('it names artifacts with their signatures, parameters, sources, builder, times, log and steps', () => {
  const { subject, predicate } = slsaV1Statement(facts);
  expect(subject).toEqual([
    {
      name: 'docs',
      digest: { sha256: 'aa'.repeat(32) },
      annotations: { signature: Buffer.alloc(64, 1).toString('base64') },
    },
    expect.objectContaining({ name: 'web', digest: { sha256: 'bb'.repeat(32) } }),
  ]);
  expect(predicate.buildDefinition).toEqual({
    buildType: 'https://danube.dev/PipelineBuild/v1',
    externalParameters: {
      pipeline: 'web',
      repository: 'https://git.example.org/web.git',
      ref: 'refs/heads/main',
      file: 'ci/danubefile.py',
      env: { TARGET: 'release' },
    },
    internalParameters: {
      trigger: 'manual',
      branch: 'main',
      config_commit: 'c'.repeat(40),
      isolation: 'kubernetes',
    },
    resolvedDependencies: [
      { uri: source, digest: { gitCommit: commit } },
      { name: 'ci/danubefile.py', uri: `${source}#ci/danubefile.py`, digest: { sha256: 'ee'.repeat(32) } },
      { uri: `oci://scanner@sha256:${imageDigest}`, digest: { sha256: imageDigest } },
      { uri: 'oci://node:20' },
    ],
  });
  expect(predicate.runDetails).toEqual({
    builder: { id: 'https://danube.example.com#kubernetes', version: { danube: '1.0.0' } },
    metadata: {
      invocationId: job.id,
      startedOn: '2026-01-01T00:00:01.000Z',
      finishedOn: '2026-01-01T00:01:01.000Z',
    },
    byproducts: [
      {
        name: 'log',
        mediaType: 'text/plain',
        digest: { sha256: 'ff'.repeat(32) },
        annotations: {
          steps: [
            { sequence: 1, name: 'build', status: 'success', exit_code: 0, started_at: '2026-01-01T00:00:02.000Z' },
            expect.objectContaining({ name: 'scan', status: 'failure', exit_code: 3 }),
            expect.objectContaining({ name: 'again', image: 'node:20' }),
            expect.objectContaining({ sequence: 4 }),
          ],
        },
      },
    ],
  });
  expect(JSON.stringify(predicate)).not.toContain('make test');
});

test('v0.2 tells the same: builder, source, pipeline file, entry point and steps', () => {
  const { subject, predicate } = slsaV02Statement(facts);
  expect(subject).toEqual([
    { name: 'docs', digest: { sha256: 'aa'.repeat(32) } },
    { name: 'web', digest: { sha256: 'bb'.repeat(32) } },
  ]);
  expect(predicate.builder.id).toBe('https://danube.example.com#kubernetes');
  expect(predicate.invocation.configSource).toEqual({
    uri: source,
    digest: { sha1: commit },
    entryPoint: 'ci/danubefile.py',
  });
  expect(predicate.materials.slice(0, 2)).toEqual([
    { uri: source, digest: { sha1: commit } },
    { uri: `${source}#ci/danubefile.py`, digest: { sha256: 'ee'.repeat(32) } },
  ]);
  expect(predicate.recipe).toEqual({
    type: 'https://danube.dev/DanubeFile/v1',
    definedInMaterial: 0,
    entryPoint: 'ci/danubefile.py',
  });
  expect(predicate.buildConfig.steps.map(({ exit_code: code }) => code)).toEqual([0, 3, 0, 0]);
});
