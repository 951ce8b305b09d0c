import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { Failure, root } from './command.mjs';

export const danube = path.join(root, 'packages/core/bin/danube.mjs');

/** The environment without settings that were meant for another server. */
export function environmentFor(bootstrapFile) {
  const rest = Object.entries(process.env).filter(([name]) => !name.startsWith('DANUBE_') || name === 'DANUBE_LOG');
  return { ...Object.fromEntries(rest), DANUBE_CONFIG: bootstrapFile };
}

export async function checkPort(port) {
  const probe = net.createServer();
  probe.listen(port, '127.0.0.1');
  try {
    await once(probe, 'listening');
  } catch (error) {
    if (error.code !== 'EADDRINUSE') throw new Failure(`cannot listen on port ${port}: ${error.message}`);
    throw new Failure(
      `port ${port} is in use, perhaps by another quickstart; choose another: npm run quickstart -- --port ${port + 1}`,
    );
  }
  await new Promise((resolve) => probe.close(resolve));
}

/** Starts `danube serve` and answers once it serves. Its log goes to a file. */
export async function startServer(bootstrapFile, logFile) {
  const child = spawn(process.execPath, [danube, 'serve', '--print-address'], {
    env: environmentFor(bootstrapFile),
    stdio: ['ignore', 'pipe', 'pipe'],
    // a Ctrl-C at the terminal reaches this process only, which then stops the server once and waits for it
    detached: true,
  });
  const ended = once(child, 'exit');
  const log = createWriteStream(logFile, { flags: 'a' });
  const lastLines = [];
  const ready = new Promise((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        // this line logs in: it goes to the person and not into the file
        const address = /^open (\S+)$/.exec(line)?.[1];
        if (address !== undefined) return resolve(address);
        log.write(`${line}\n`);
        lastLines.push(line);
        if (lastLines.length > 15) lastLines.shift();
      });
    }
  });
  const address = await Promise.race([ready, ended.then(() => undefined)]);
  if (address === undefined) throw new Failure(`the server ended at its start:\n${lastLines.join('\n')}`);
  return {
    /** Where to open it; works once. */
    address,
    ended,
    /** Asks it to end, and waits until it has. */
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await ended;
      log.end();
    },
  };
}
