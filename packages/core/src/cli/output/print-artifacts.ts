import type { ArtifactView } from '../client/api-types.js';
import { formatBytes } from './format-bytes.js';
import { printTable } from './table.js';
import type { Terminal } from './terminal.js';

export function printArtifacts(terminal: Terminal, artifacts: readonly ArtifactView[]): void {
  printTable(
    terminal,
    [
      { title: 'ARTIFACT', text: (artifact) => artifact.name },
      { title: 'SIZE', align: 'right', text: (artifact) => formatBytes(artifact.size_bytes) },
      { title: 'SHA-256', text: (artifact) => terminal.colors.dim(artifact.sha256) },
    ],
    artifacts,
  );
}
