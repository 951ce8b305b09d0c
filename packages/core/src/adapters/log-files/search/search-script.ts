/**
 * Runs in a thread of its own, as text because it must work from sources, from compiled files and from the bundle alike.
 * It reads the log's bytes from `from` to `to`, of which the first belongs to line `line`, and answers after each block
 * which lines match. It looks at what a line's source has printed: not at the head, and past escape sequences.
 */
export const searchScript = String.raw`
const { parentPort, workerData } = require('node:worker_threads');
const { openSync, readSync } = require('node:fs');
const { path, from, to, line: firstLine, text, regex, matchCase, limit, blockBytes } = workerData;

const escapeSequence = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\^_])/g;
const escaped = regex ? text : text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
const pattern = new RegExp(escaped, matchCase ? '' : 'i');
const matches = regex || !matchCase ? (printed) => pattern.test(printed) : (printed) => printed.includes(text);

const file = openSync(path, 'r');
const buffer = Buffer.alloc(blockBytes);
const headBytes = '[2026-01-06T12:34:56.789Z] ['.length;
const streamBytes = '] [stdout] '.length;
let offset = from;
let line = firstLine;
let found = 0;

while (offset < to && found < limit) {
  const length = readSync(file, buffer, 0, Math.min(blockBytes, to - offset), offset);
  // no line is as long as a block; the log may have been removed meanwhile
  const end = buffer.subarray(0, length).lastIndexOf(10) + 1;
  if (end === 0) break;
  const lines = searchBlock(buffer.toString('utf8', 0, end));
  offset += end;
  parentPort.postMessage({ lines, searchedTo: line - 1 });
}

function searchBlock(block) {
  const lines = [];
  const hasEscapes = block.includes('\x1b');
  for (let start = 0, end; start < block.length && found < limit; start = end + 1, line++) {
    end = block.indexOf('\n', start);
    const head = block.indexOf('] [', start + headBytes) + streamBytes;
    const printed = block.slice(head, end);
    if (!matches(hasEscapes ? printed.replace(escapeSequence, '') : printed)) continue;
    lines.push(line);
    found++;
  }
  return lines;
}
`;
