import path from 'node:path';
import type { Command } from 'commander';
import { archiveFileName } from '../../domain/artifact/artifact-name.js';
import { DanubeError } from '@danube/plugin-api';
import type { ApiClient } from '../client/api-client.js';
import type { ArtifactView, Page } from '../client/api-types.js';
import { connect, withServerOptions, type ServerOptions } from '../client/connect.js';
import { findJobId } from '../client/find-job.js';
import { describeCommand, type CommandLine } from '../command-line.js';
import { formatBytes } from '../output/format-bytes.js';
import { printJson } from '../output/print-json.js';
import { ProgressBar } from '../output/progress-bar.js';

interface Options extends ServerOptions {
  readonly output?: string;
  readonly signature?: true;
  readonly json?: true;
}

export function artifactsDownloadCommand(cli: CommandLine): Command {
  const command = describeCommand('download', 'Download an artifact as a .tar.gz archive, and check its SHA-256.', [
    'danube artifacts download build#12 web',
    'danube artifacts download build#12 web --output /tmp/web.tar.gz --signature',
  ])
    .argument('<job>', 'id, the beginning of one, or pipeline#number')
    .argument('<artifact>', 'its name')
    .option('-o, --output <file>', 'where to write it; default: its name, with .tar.gz, in this folder')
    .option('--signature', 'write its signature beside it as well, with .sig at the end')
    .option('--json', 'print what was downloaded, and to which file');
  return withServerOptions(command).action(async (reference: string, name: string, options: Options) => {
    const client = await connect(cli.terminal, options);
    const artifact = await findArtifact(client, await findJobId(client, reference), name);
    const file = path.resolve(cli.terminal.cwd, options.output ?? archiveFileName(name));
    await download(cli, client, artifact, file, options.signature === true);
    if (options.json) printJson(cli.terminal, { ...artifact, file });
    else cli.terminal.out.write(`${file}: ${formatBytes(artifact.size_bytes)}, SHA-256 ${artifact.sha256}\n`);
  });
}

async function findArtifact(client: ApiClient, jobId: string, name: string): Promise<ArtifactView> {
  const { items } = await client.get<Page<ArtifactView>>(`/api/v1/jobs/${jobId}/artifacts`);
  const found = items.find((artifact) => artifact.name === name);
  if (found !== undefined) return found;
  const names = items.map((artifact) => artifact.name).join(', ');
  throw new DanubeError(
    'artifact_not_found',
    `the job has no artifact "${name}"; ${names === '' ? 'it has none at all' : `it has ${names}`}`,
    { category: 'not_found' },
  );
}

async function download(
  cli: CommandLine,
  client: ApiClient,
  artifact: ArtifactView,
  file: string,
  withSignature: boolean,
): Promise<void> {
  const { saveArtifact, saveSignature } = await import('../client/save-artifact.js');
  const answer = await client.request('GET', `/api/v1/jobs/${artifact.job_id}/artifacts/${artifact.name}`);
  const bar = new ProgressBar(cli.terminal, artifact.name, artifact.size_bytes);
  try {
    await saveArtifact(artifact, answer.body ?? new ReadableStream(), file, (bytes) => bar.advance(bytes));
  } finally {
    bar.close();
  }
  if (withSignature) await saveSignature(artifact, `${file}.sig`);
}
