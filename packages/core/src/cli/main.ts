import 'reflect-metadata';
import { createTerminal } from './output/terminal.js';
import { runCli } from './run-cli.js';

// a reader that has had enough, as in "danube jobs logs x | head", is no error
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

const terminal = createTerminal({
  in: process.stdin,
  out: process.stdout,
  err: process.stderr,
  env: process.env,
  cwd: process.cwd(),
});

process.exitCode = await runCli(process.argv.slice(2), terminal);
