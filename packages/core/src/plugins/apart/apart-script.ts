/**
 * What begins every process of {@link SeparateProcess}; the script for it comes behind and finds `data` and `tell`. It is
 * text because it must work from sources, from compiled files and from the bundle alike.
 *
 * A thread watches the process from within, since nothing else of it runs while a script computes: it ends one that takes
 * too much memory, of which the limit of the heap does not count buffers, and one whose server is gone.
 */
export const apartScript = `
const { writeSync } = require('node:fs');
const { Worker } = require('node:worker_threads');
const { mark, data, memoryMb } = JSON.parse(process.argv[1]);
const tell = (message) => {
  // on a line of its own, whatever else was written there
  const line = Buffer.from('\\n' + mark + JSON.stringify(message) + '\\n');
  for (let sent = 0; sent < line.length; ) sent += writeSync(3, line, sent);
};
const firstLine = (error) => {
  try {
    return String(error instanceof Error ? error.message : error).split('\\n')[0].slice(0, 500);
  } catch {
    return 'something that cannot be printed';
  }
};
const watch = \`
const { writeSync } = require('node:fs');
const { parentPort, workerData: { parent, memoryMb } } = require('node:worker_threads');
const most = process.memoryUsage.rss() + memoryMb * 1048576;
setInterval(() => {
  const tooMuch = process.memoryUsage.rss() > most;
  if (tooMuch) writeSync(2, 'out of memory');
  if (tooMuch || process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
}, 20);
parentPort.postMessage('ready');
\`;
const watching = new Worker(watch, { eval: true, workerData: { parent: process.ppid, memoryMb } });
watching.unref();
const ready = new Promise((resolve) => watching.once('message', resolve));
`;
