import { Command } from 'commander';
import type { ArtifactView, JobView, Page, PipelineView, SecretView } from '../client/api-types.js';
import { connect } from '../client/connect.js';
import type { DeliveryView } from '../client/delivery-types.js';
import type { CommandLine } from '../command-line.js';
import type { Terminal } from '../output/terminal.js';
import { findCandidates, type ServerNames } from './candidates.js';

/** Somebody waits at a prompt: a server that takes longer is not worth it. */
const patienceMs = 700;

/** The other half of the completion scripts: prints what the last of the given words may become, one a line. */
export function completeCommand(cli: CommandLine, program: Command): Command {
  return new Command('complete').argument('[words...]').action(async (words: readonly string[]) => {
    const current = words.at(-1) ?? '';
    const candidates = findCandidates(program, words.slice(0, -1), current);
    const names = candidates.kind === 'words' ? candidates.words : await askServer(cli.terminal, candidates.kind);
    for (const name of names) if (name.startsWith(current)) cli.terminal.out.write(`${name}\n`);
  });
}

async function askServer(terminal: Terminal, what: ServerNames): Promise<readonly string[]> {
  try {
    const client = await connect(terminal, {});
    const signal = AbortSignal.timeout(patienceMs);
    if (what === 'secrets') {
      const { items } = await client.get<Page<SecretView>>('/api/v1/secrets', { signal });
      return [...new Set(items.map((secret) => secret.name))];
    }
    const parts = { query: { limit: 100 }, signal };
    if (what === 'pipelines') {
      const { items } = await client.get<Page<PipelineView>>('/api/v1/pipelines', parts);
      return items.map((pipeline) => pipeline.name);
    }
    if (what === 'deliveries') {
      const { items } = await client.get<Page<DeliveryView>>('/api/v1/deliveries', parts);
      return items.map((delivery) => delivery.id);
    }
    if (what === 'artifacts') {
      const { items } = await client.get<Page<ArtifactView>>('/api/v1/artifacts', parts);
      return [...new Set(items.map((artifact) => artifact.name))];
    }
    const { items } = await client.get<Page<JobView>>('/api/v1/jobs', parts);
    return items.map((job) => `${job.pipeline}#${job.number}`);
  } catch {
    // no server, no names: an error would land in the middle of the line being typed
    return [];
  }
}
