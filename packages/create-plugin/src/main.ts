import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { relative, resolve } from 'node:path';
import { Command, CommanderError } from 'commander';
import pc from 'picocolors';
import { pluginApiSource } from './plugin-api-source.js';
import { Refusal } from './refusal.js';
import { writePlugin } from './write-plugin.js';

interface Options {
  readonly pluginApi: string;
  readonly install: boolean;
}

const example = `
Example:
  $ npm create @danube/plugin my-forge
  $ npm create @danube/plugin my-forge -- --plugin-api ./danube-plugin-api-1.0.0.tgz`;

/** Answers the exit code: 0 done, 1 failed, 2 wrong use. */
export async function main(argv: readonly string[]): Promise<number> {
  const program = new Command('create-plugin')
    .description('Make a forge plugin for Danube, with tests that pass.')
    .argument('<folder>', 'a new folder; its name becomes the id of the plugin')
    .option('--plugin-api <version>', 'version range or packed file of @danube/plugin-api', '^1.0.0')
    .option('--no-install', 'only write the files; do not run npm install and npm test')
    .addHelpText('after', example)
    .exitOverride();
  try {
    program.parse(argv);
    return await create(program.args[0] ?? '', program.opts<Options>());
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof Refusal)) throw error;
    process.stderr.write(`${pc.red('error:')} ${error.message}\n`);
    return 1;
  }
}

async function create(name: string, { pluginApi, install }: Options): Promise<number> {
  if (name === '') throw new Refusal('the name of the folder is empty; its last part becomes the id of the plugin');
  if (name.startsWith('@')) {
    throw new Refusal(
      `"${name}" has a scope; give the folder alone, and put the scope into "name" of its package.json`,
    );
  }
  const folder = resolve(name);
  const id = await writePlugin({ folder, pluginApi: pluginApiSource(pluginApi, folder) });
  process.stdout.write(`wrote the plugin ${pc.bold(id)} to ${folder}\n`);
  for (const step of install ? [['install', '--no-audit', '--no-fund'], ['test']] : []) {
    process.stdout.write(pc.dim(`$ npm ${step.join(' ')}\n`));
    if (!(await npm(folder, step))) {
      process.stderr.write(`${pc.red('error:')} npm ${step[0]} failed; ${adviceOf(step[0])} in ${folder}\n`);
      return 1;
    }
  }
  const where = relative(process.cwd(), folder) || '.';
  const next = install ? '' : ', then npm install and npm test';
  process.stdout.write(`\nNext: cd ${quoted(where)}${next}, and begin to read at ${pc.bold('src/forge.js')}.\n`);
  return 0;
}

/** What to do after the npm command that failed; the files are complete by then. */
function adviceOf(step = ''): string {
  if (step !== 'install') return 'put it right, then run it again';
  return (
    'where your registry does not have @danube/plugin-api, put "file:" and the path of its packed file into ' +
    'devDependencies of package.json; then run npm install and npm test'
  );
}

/** As a shell takes it for one word. */
function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}

async function npm(folder: string, args: readonly string[]): Promise<boolean> {
  const child = spawn('npm', args, { cwd: folder, stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code === 0;
}
