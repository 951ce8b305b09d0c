import { ConfigFileParser } from '@danube/core/adapters/config-files/config-file-parser.js';
import type { Configuration } from '@danube/core/domain/config/configuration.js';
import { formatProblem } from '@danube/core/domain/config/format-problem.js';
import type { ConfigFile } from '@danube/core/services/ports/config-source.js';

const never = new AbortController().signal;

/** Files as a config repository would hold them, by path. */
export function toFiles(files: Readonly<Record<string, string>>): ConfigFile[] {
  return Object.entries(files).map(([path, text]) => ({ path, text, size: Buffer.byteLength(text), blobId: text }));
}

/** The configuration that the files make; they must have no problem. */
export async function parseFiles(files: Readonly<Record<string, string>>): Promise<Configuration> {
  const result = await new ConfigFileParser().parse(toFiles(files), never);
  if (result.kind === 'invalid') throw new Error(result.problems.map(formatProblem).join('\n'));
  return result.configuration;
}

/** The files' problems, each as one line. */
export async function problemsOf(files: Readonly<Record<string, string>>): Promise<string[]> {
  const result = await new ConfigFileParser().parse(toFiles(files), never);
  return result.kind === 'valid' ? [] : result.problems.map(formatProblem);
}

/** A team `platform`. */
export const teamYaml = 'apiVersion: danube.dev/v1\nkind: Team\nmetadata: {name: platform}\nspec: {}\n';

/** A pipeline of that team, with more lines of its `spec` from line 8 on. */
export function pipelineYaml(spec: string, name = 'web'): string {
  return `apiVersion: danube.dev/v1\nkind: Pipeline\nmetadata:\n  name: ${name}\nspec:\n  team: platform\n  repository: https://example.com/web.git\n${spec}`;
}
