import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './build.mjs';
import { checkTools } from './check-tools.mjs';
import { Failure, root, runAsScript } from './command.mjs';
import { createSample, samplePipeline } from './sample.mjs';
import { checkPort, danube, environmentFor, startServer } from './server.mjs';

const usage = 'npm run quickstart -- [--once] [--port N] [--data-dir DIR]';

await runAsScript(import.meta.url, async () => {
  const { once: onlyOnce, port, folder } = readOptions();
  await checkTools();
  await build();
  await checkPort(port);
  await mkdir(folder, { recursive: true });
  const sample = await createSample(folder, port);

  const interrupt = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => interrupt.abort());
  const interrupted = once(interrupt.signal, 'abort');
  const logFile = path.join(folder, 'server.log');
  const server = await startServer(sample.bootstrapFile, logFile);
  try {
    say(`server started; its log is ${shown(logFile)}`);
    const succeeded = await Promise.race([runPipeline(sample.bootstrapFile), interrupted.then(() => false)]);
    if (onlyOnce) process.exitCode = succeeded ? 0 : 1;
    else if (!interrupt.signal.aborted) {
      tellWhatNext(server.address, sample);
      await Promise.race([server.ended, interrupted]);
      if (!interrupt.signal.aborted) throw new Failure(`the server has ended; ${shown(logFile)} says why`);
    }
  } finally {
    say('stopping the server');
    await server.stop();
  }
});

function readOptions() {
  const options = {
    once: { type: 'boolean', default: false },
    port: { type: 'string', default: '8080' },
    'data-dir': { type: 'string', default: path.join(root, '.danube') },
  };
  try {
    const { values } = parseArgs({ options });
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 1 || port > 65_534) throw new Error(`"${values.port}" is no port`);
    return { once: values.once, port, folder: path.resolve(process.env.INIT_CWD ?? '.', values['data-dir']) };
  } catch (error) {
    throw new Failure(`${error.message}; usage: ${usage}`);
  }
}

/** Runs the sample pipeline as anybody would, with the command line; true when it succeeded. */
async function runPipeline(bootstrapFile) {
  if (!(await runDanube(bootstrapFile, ['sync-config']))) return false;
  return runDanube(bootstrapFile, ['jobs', 'trigger', samplePipeline, '--follow']);
}

async function runDanube(bootstrapFile, args) {
  say(`danube ${args.join(' ')}`);
  const child = spawn(process.execPath, [danube, ...args], {
    env: environmentFor(bootstrapFile),
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [code] = await once(child, 'exit');
  return code === 0;
}

function tellWhatNext(address, { project, configuration, bootstrapFile }) {
  process.stdout.write(`
Danube is serving. Open (the address logs in once):

  ${address}

  sample project     ${shown(project)}
  configuration      ${shown(configuration)}
  command line       DANUBE_CONFIG=${shown(bootstrapFile)} npx danube jobs list

Ctrl-C stops it; the next "npm run quickstart" goes on with the same data.
`);
}

function say(text) {
  process.stdout.write(`quickstart: ${text}\n`);
}

function shown(file) {
  const relative = path.relative(process.cwd(), file);
  return relative.startsWith('..') ? file : relative;
}
