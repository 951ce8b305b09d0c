import type { ChildProcess } from 'node:child_process';
import type { GitResult } from './git-runner.js';

const keptErrorCharacters = 8192;

/** Resolves when the process has ended and both streams are closed; standard error keeps its end only. */
export function collectOutput(child: ChildProcess, maxOutputBytes: number, onTooMuch: () => void): Promise<GitResult> {
  const chunks: Buffer[] = [];
  let size = 0;
  let stderr = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > maxOutputBytes) onTooMuch();
    else chunks.push(chunk);
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-keptErrorCharacters);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      const said = signal === null ? stderr : `${stderr}\ngit was ended by ${signal}\n`;
      resolve({ exitCode: code ?? 128, stdout: Buffer.concat(chunks), stderr: said });
    });
  });
}
