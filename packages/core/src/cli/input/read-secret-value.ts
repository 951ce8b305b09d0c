import { createReadStream } from 'node:fs';
import path from 'node:path';
import { DanubeError } from '@danube/plugin-api';
import { maxSecretBytes } from '../../domain/secret/secret-value-problem.js';
import type { Terminal } from '../output/terminal.js';
import { askHidden } from './ask-hidden.js';

/**
 * The value that a person gives: from a file, else typed unseen at a terminal, else all of the input.
 * @throws DanubeError `secret_value_unreadable`
 */
export async function readSecretValue(terminal: Terminal, file: string | undefined): Promise<string> {
  if (file !== undefined) return withoutEnd(await readText(createReadStream(path.resolve(terminal.cwd, file)), file));
  if (terminal.in.isTTY !== true) return withoutEnd(await readText(terminal.in, 'the input'));
  const typed = await askHidden(terminal, 'Value (not shown): ');
  if (typed === undefined) throw unreadable('nothing was entered');
  return typed;
}

async function readText(input: NodeJS.ReadableStream, name: string): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of input) {
      bytes += chunks[chunks.push(Buffer.from(chunk)) - 1]?.byteLength ?? 0;
      if (bytes > maxSecretBytes + 2) throw unreadable(`the value is longer than ${maxSecretBytes} bytes`);
    }
  } catch (error) {
    if (isSystemError(error)) throw unreadable(`cannot read ${name}: ${error.message}`);
    throw error;
  }
  return decode(Buffer.concat(chunks));
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw unreadable('the value is not text in UTF-8; encode it first, for example with base64');
  }
}

/** `echo` and editors end a line that is meant to have no end; the lines of a key are all meant to have one. */
function withoutEnd(text: string): string {
  return /^[^\r\n]*\r?\n$/.test(text) ? text.replace(/\r?\n$/, '') : text;
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

function unreadable(problem: string): DanubeError {
  return new DanubeError('secret_value_unreadable', problem, { category: 'invalid' });
}
