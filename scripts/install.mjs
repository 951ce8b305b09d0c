import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Failure, root, runAsScript, runCommand, seconds } from './command.mjs';

const lockPath = path.join(root, 'package-lock.json');
const stampPath = path.join(root, 'node_modules', '.danube-install');
const installedPath = path.join(root, 'node_modules', '.package-lock.json');

/** Installs the packages of package-lock.json, unless exactly these are installed already. */
export async function install() {
  const lock = await readFile(lockPath, 'utf8');
  const hash = createHash('sha256').update(lock).digest('hex');
  if ((await readFile(stampPath, 'utf8').catch(() => '')) === hash) return;
  if (!(await isInstalled(JSON.parse(lock)))) await npmCi();
  await writeFile(stampPath, hash);
}

/** True where npm's own record lists every package of the lock file at the same version. */
async function isInstalled(lock) {
  const text = await readFile(installedPath, 'utf8').catch(() => undefined);
  if (text === undefined) return false;
  const installed = JSON.parse(text).packages;
  return Object.entries(lock.packages).every(
    ([where, wanted]) =>
      !where.includes('node_modules/') ||
      wanted.optional === true ||
      wanted.peer === true ||
      wanted.link === true ||
      installed[where]?.version === wanted.version,
  );
}

async function npmCi() {
  const started = performance.now();
  process.stdout.write('installing packages (npm ci); the first time this takes a minute or two\n');
  const alive = setInterval(() => process.stdout.write(`  still installing, ${seconds(started)}\n`), 30_000);
  const { code, output } = await runCommand('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  clearInterval(alive);
  if (code !== 0) throw new Failure(explain(output));
  process.stdout.write(`packages installed in ${seconds(started)}\n`);
}

function explain(output) {
  const tail = output.trimEnd().split('\n').slice(-25).join('\n');
  if (!/node-gyp|gyp ERR/.test(output)) return `npm ci failed:\n${tail}`;
  return (
    `${tail}\nerror: sqlite3 has no prebuilt binary for this machine and could not be compiled. It needs a C++ compiler, ` +
    'make and Python: Debian and Ubuntu: apt-get install build-essential python3; macOS: xcode-select --install'
  );
}

await runAsScript(import.meta.url, install);
