import { join } from 'node:path';
import type { OutputStream } from '../../../services/ports/job-runtime.js';
import { outputFile } from '../process-folder.js';
import { OutputReader } from './output-reader.js';

/** At most `length` bytes of a process's output from `offset` on; fewer at its end, none where there is no such process. */
export async function readOutput(
  processFolder: string,
  stream: OutputStream,
  offset: number,
  length: number,
): Promise<Buffer> {
  const reader = new OutputReader(join(processFolder, outputFile(stream)), offset);
  try {
    return await reader.readUpTo(length);
  } finally {
    await reader.close();
  }
}
