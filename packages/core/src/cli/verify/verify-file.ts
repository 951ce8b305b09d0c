import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import path from 'node:path';
import type { ApiClient } from '../client/api-client.js';
import { collectEvidence, type EvidenceFiles } from './collect-evidence.js';
import { type Build, readBuild } from './describe-build.js';
import { ServerEvidence } from './server-evidence.js';
import { unreadableFile } from './verification-errors.js';
import { verifyArtifact } from './verify-artifact.js';

export interface VerifiedFile {
  readonly sha256: string;
  readonly build: Build;
}

/** Checks all there is to check about a file. `onCheck` is called with each thing that is good. */
export async function verifyFile(
  cwd: string,
  name: string,
  options: EvidenceFiles & { readonly job?: string },
  connect: () => Promise<ApiClient>,
  onCheck: (check: string) => void,
): Promise<VerifiedFile> {
  const file = { name: path.basename(name), sha256: await digest(path.resolve(cwd, name)) };
  const fromServer = async () => new ServerEvidence(await connect(), file, options.job);
  const evidence = await collectEvidence(cwd, options, fromServer);
  return { sha256: file.sha256, build: readBuild(verifyArtifact(file, evidence, onCheck)) };
}

async function digest(file: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  } catch (error) {
    throw unreadableFile('the artifact', file, error);
  }
  return hash.digest('hex');
}
