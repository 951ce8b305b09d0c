import { Failure, runAsScript, runCommand } from './command.mjs';

const tools = [
  {
    name: 'Node.js',
    least: [20, 19],
    version: async () => process.versions.node,
    get: 'get it from https://nodejs.org',
  },
  {
    name: 'git',
    least: [2, 25],
    version: () => firstVersion('git', ['--version']),
    get: 'Debian and Ubuntu: apt-get install git; macOS: xcode-select --install',
  },
  {
    name: 'Python',
    least: [3, 9],
    version: () => firstVersion('python3', ['--version']),
    get: 'Debian and Ubuntu: apt-get install python3; macOS: brew install python3',
  },
];

/** Says in one line per tool what is missing or too old, and how to get it. */
export async function checkTools() {
  const problems = (await Promise.all(tools.map(problemWith))).filter((problem) => problem !== undefined);
  if (problems.length > 0) throw new Failure(problems.join('\nerror: '));
}

async function problemWith({ name, least, version, get }) {
  const found = await version();
  const needed = `${name} ${least.join('.')} or newer is needed`;
  if (found === undefined) return `${needed} and was not found: ${get}`;
  const [major, minor] = found.split('.').map(Number);
  const fits = major > least[0] || (major === least[0] && minor >= least[1]);
  return fits ? undefined : `${needed}, this is ${found}: ${get}`;
}

async function firstVersion(command, args) {
  const { code, output } = await runCommand(command, args);
  return code === 0 ? /\d+\.\d+(\.\d+)?/.exec(output)?.[0] : undefined;
}

await runAsScript(import.meta.url, async () => {
  await checkTools();
  process.stdout.write('every tool that is needed is here\n');
});
