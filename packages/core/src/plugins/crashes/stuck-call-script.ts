/**
 * Runs in a thread of its own, because nothing else runs while a call of a plugin does not return. It counts its own looks
 * rather than time, so that a machine that slept blames nobody; then it writes down which call it was and ends the process.
 */
export const stuckCallScript = `
const { appendFileSync, writeSync } = require('node:fs');
const { memory, looks, everyMs, record } = require('node:worker_threads').workerData;
const head = new Int32Array(memory, 0, 2);
let last = 0;
let seen = 0;
setInterval(() => {
  const call = Atomics.load(head, 0);
  seen = call !== 0 && call === last ? seen + 1 : 0;
  last = call;
  if (seen < looks) return;
  const name = Buffer.from(memory.slice(8, 8 + head[1])).toString();
  const at = new Date().toISOString();
  const message = 'code of a plugin did not return and blocked the server, which ends now';
  writeSync(2, JSON.stringify({ timestamp: at, level: 'ERROR', target: 'danube.plugins', message, call: name }) + '\\n');
  try {
    appendFileSync(record, JSON.stringify({ at, call: name }) + '\\n', { mode: 0o600 });
  } finally {
    process.kill(process.pid, 'SIGKILL');
  }
}, everyMs);
`;
