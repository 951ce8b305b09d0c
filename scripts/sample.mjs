import { existsSync } from 'node:fs';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Failure, root, runCommand } from './command.mjs';

/** Name of the pipeline that quickstart runs. */
export const samplePipeline = 'danube-sdk';

/** Makes the sample repositories and the bootstrap file, each unless it is there: what you change in them is kept. */
export async function createSample(folder, port) {
  const project = path.join(folder, 'sample-project');
  const configuration = path.join(folder, 'config-repository');
  await createRepository(project, 'Start with the Python SDK of Danube', writeProject);
  await createRepository(configuration, 'Declare the sample pipeline', (target) => writeConfiguration(target, project));
  const bootstrapFile = path.join(folder, 'danube.toml');
  await writeFile(bootstrapFile, bootstrap(folder, configuration, port));
  return { project, configuration, bootstrapFile };
}

async function createRepository(target, message, write) {
  if (existsSync(path.join(target, '.git'))) return;
  await mkdir(target, { recursive: true });
  await write(target);
  await git(target, ['init', '--quiet', '--initial-branch=main']);
  await git(target, ['add', '--all']);
  await git(target, [
    '-c',
    'user.name=Danube quickstart',
    '-c',
    'user.email=quickstart@localhost',
    'commit',
    '--quiet',
    '-m',
    message,
  ]);
}

async function git(cwd, args) {
  const { code, output } = await runCommand('git', args, { cwd });
  if (code !== 0) throw new Failure(`git ${args[0]} failed in ${cwd}: ${output.trim()}`);
}

async function writeProject(target) {
  for (const part of ['src', 'tests', 'pyproject.toml', 'README.md']) {
    await cp(path.join(root, 'sdk', part), path.join(target, part), {
      recursive: true,
      filter: (file) => !/__pycache__|\.egg-info/.test(file),
    });
  }
  await cp(path.join(root, 'scripts/sample/danubefile.py'), path.join(target, 'danubefile.py'));
  await writeFile(path.join(target, '.gitignore'), '__pycache__/\ndist/\n');
}

async function writeConfiguration(target, project) {
  await mkdir(path.join(target, 'pipelines'));
  await writeFile(path.join(target, 'teams.yaml'), document('Team', 'samples', 'spec: {}'));
  await writeFile(
    path.join(target, 'pipelines', `${samplePipeline}.yaml`),
    document(
      'Pipeline',
      samplePipeline,
      `spec:
  team: samples
  description: Checks, tests and packs Danube's Python SDK.
  repository: ${JSON.stringify(pathToFileURL(project).href)}
  branch: main
  triggers:
    - type: manual`,
    ),
  );
}

function document(kind, name, rest) {
  return `apiVersion: danube.dev/v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n${rest}\n`;
}

/** The control plane gets free ports, which only this server's own jobs have to know. */
function bootstrap(folder, configuration, port) {
  return `# Written by "npm run quickstart", anew at each start.
[config_repo]
url = ${JSON.stringify(pathToFileURL(configuration).href)}
branch = "main"
sync_interval = "5s"

[server]
bind_address = "127.0.0.1:${port}"
rpc_address = "127.0.0.1:0"
grpc_address = "127.0.0.1:0"
data_dir = ${JSON.stringify(path.join(folder, 'data'))}

[logging]
format = "json"

[runtime]
kind = "local"
`;
}
