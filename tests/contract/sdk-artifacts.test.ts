import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { DanubeError } from '@danube/plugin-api';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type ControlServers, startControlServers } from '@danube/test-support/control/control-servers.js';
import { CuttableProxy } from '@danube/test-support/control/cuttable-proxy.js';
import { Identity } from '@danube/test-support/control/identity.js';
import { CoordinatorFolder, pythonWithGrpc } from '@danube/test-support/control/run-danubefile.js';
import type { Transport } from '@danube/test-support/control/run-danubefile.js';
import { ScriptedControlPlane } from '@danube/test-support/control/scripted-control-plane.js';

let servers: ControlServers;
let folder: CoordinatorFolder;
let controlPlane: ScriptedControlPlane;
let identity: Identity | undefined;

beforeEach(async () => {
  folder = await CoordinatorFolder.create();
  controlPlane = new ScriptedControlPlane({});
  servers = await startControlServers(controlPlane, identity);
  await folder.connect(servers);
});
afterEach(async () => {
  await servers.close();
  await folder.remove();
});

const transports: readonly (readonly [Transport, 'clear text' | 'TLS'])[] = [
  ['http', 'clear text'],
  ['http', 'TLS'],
  ['grpc', 'clear text'],
  ['grpc', 'TLS'],
];

/** Makes a folder with all that artifacts keep, and says what is in another one. */
const prelude = `
import hashlib, os, sys
from danube import ArtifactError, RequestRefused, artifacts

def make(folder):
    os.makedirs(f"{folder}/bin/empty")
    with open(f"{folder}/bin/tool", "w") as file:
        file.write("#!/bin/sh\\n")
    os.chmod(f"{folder}/bin/tool", 0o751)
    os.chmod(f"{folder}/bin/empty", 0o500)
    with open(f"{folder}/random", "wb") as file:
        file.write(os.urandom(3_000_000))
    with open(f"{folder}/grüße \\udcff", "w") as file:
        file.write("text " * 1_000_000)
    os.symlink("bin/tool", f"{folder}/latest")
    os.symlink("../nowhere", f"{folder}/bin/dangling")
    os.utime(f"{folder}/random", (1_000_000, 1_000_000))

def tell(folder):
    facts = []
    for at, folders, files in os.walk(folder):
        for name in folders + files:
            path = os.path.join(at, name)
            found = os.lstat(path)
            content = os.readlink(path) if os.path.islink(path) else ""
            if os.path.isfile(path) and not content:
                content = hashlib.sha256(open(path, "rb").read()).hexdigest() + str(int(found.st_mtime))
            facts.append((os.path.relpath(path, folder), oct(found.st_mode), content))
    return sorted(facts)
`;

describe.each(transports)('over %s, %s', (transport, secrecy) => {
  beforeAll(async () => {
    identity = secrecy === 'TLS' ? await Identity.create() : undefined;
  });
  const it = test.skipIf(transport === 'grpc' && pythonWithGrpc === undefined);
  const run = (source: string) => folder.run(transport, prelude + source);

  it('a folder comes back as it was, and a file under its own name', async () => {
    const source = `
make("in")
artifacts.upload("in/", "everything")
artifacts.download("everything", "out")
print(tell("out") == tell("in"), len(tell("out")))
artifacts.upload("in/bin/tool", name="tool.tar.gz")
artifacts.download("tool.tar.gz", "single/deep")
print(os.listdir("single/deep"), oct(os.stat("single/deep/tool").st_mode))
os.mkdir("none")
artifacts.upload("none", name="none")
artifacts.download("none", "single/deep")
print(os.listdir("single/deep"))
`;
    expect(await run(source)).toEqual({
      exitCode: 0,
      stdout: "True 7\n['tool'] 0o100751\n['tool']\n",
      stderr: '',
    });
    const { content = Buffer.alloc(0), artifact } = controlPlane.archives.get('job-1/everything') ?? {};
    expect(artifact?.sha256).toBe(createHash('sha256').update(content).digest('hex'));
    expect(execFileSync('tar', ['-tz'], { input: content, encoding: 'utf8' })).toContain('bin/tool');
    expect(gunzipSync(content).includes('root')).toBe(false);
  });

  it('the same folder makes the same archive', async () => {
    const source = `
make("in")
artifacts.upload("in", name="one")
artifacts.upload("in", name="two")
`;
    expect((await run(source)).exitCode).toBe(0);
    const digest = (name: string) => controlPlane.archives.get(`job-1/${name}`)?.artifact.sha256;
    expect(digest('one')).toBe(digest('two'));
  });

  it('a call that fails in passing is made again, and a refusal is told at once', async () => {
    const busy = () => new DanubeError('master_stopping', 'stopping', { category: 'unavailable' });
    const refusal = new DanubeError('artifact_exists', 'there is one already', { category: 'conflict' });
    controlPlane.failures.push(busy(), busy(), refusal);
    const source = `
make("in")
try:
    artifacts.upload("in", name="a")
except RequestRefused as error:
    print(error.code, error)
artifacts.upload("in", name="a")
artifacts.download("a", "out")
try:
    artifacts.download("b", "out")
except RequestRefused as error:
    print(error.code)
`;
    expect(await run(source)).toEqual({
      exitCode: 0,
      stdout: 'artifact_exists there is one already (artifact_exists)\nartifact_not_found\n',
      stderr: '',
    });
  });

  it('what cannot become an artifact is named', async () => {
    const source = `
def refused(*args, **kwargs):
    try:
        artifacts.upload(*args, **kwargs)
    except ArtifactError as error:
        print(error)

refused("missing", name="a")
os.makedirs("in/sub")
os.mkfifo("in/pipe")
refused("in", name="a")
os.unlink("in/pipe")
os.symlink("/etc/passwd", "in/sub/link")
refused("in", name="a")
os.unlink("in/sub/link")
os.symlink("../..", "in/sub/link")
refused("in", name="a")
`;
    expect(await run(source)).toEqual({
      exitCode: 0,
      stdout: [
        'missing cannot be read: No such file or directory',
        'in/pipe is a pipe; artifacts hold files, folders and symbolic links',
        'in/sub/link is a symbolic link to /etc/passwd, which leads out of what is uploaded',
        'in/sub/link is a symbolic link to ../.., which leads out of what is uploaded',
        '',
      ].join('\n'),
      stderr: '',
    });
    expect(controlPlane.archives.size).toBe(0);
  });

  it('a connection that is cut in the middle of a transfer begins anew', async () => {
    const proxies = { rpc: await CuttableProxy.to(servers.rpc), grpc: await CuttableProxy.to(servers.grpc) };
    await folder.connect({ rpc: proxies.rpc.address, grpc: proxies.grpc.address, ca: servers.ca });
    let left = 3;
    controlPlane.onUploadChunk = () => {
      if (left > 0) {
        left -= 1;
        for (const proxy of Object.values(proxies)) proxy.cut();
      }
    };
    const source = `
make("in")
artifacts.upload("in", name="a")
artifacts.download("a", "out")
print(tell("out") == tell("in"))
`;
    expect(await run(source)).toEqual({ exitCode: 0, stdout: 'True\n', stderr: '' });
    expect(left).toBe(0);
    await Promise.all(Object.values(proxies).map((proxy) => proxy.close()));
  });
});
