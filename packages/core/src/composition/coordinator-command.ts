import { join } from 'node:path';
import { quoteForShell } from '../adapters/step-supervisor/render-files.js';

/**
 * The shell command that runs a pipeline file. Both by the path of the launcher and over JSON because start-up is part of
 * every job: -m and grpcio cost more than it.
 */
export function coordinatorCommand(python: string, sdkPath: string, pipelineFile: string): string {
  const command = [python, join(sdkPath, 'danube', '__main__.py'), pipelineFile].map(quoteForShell).join(' ');
  const transport = process.env['DANUBE_TRANSPORT'] ?? 'http';
  return `DANUBE_TRANSPORT=${quoteForShell(transport)} exec ${command}`;
}
