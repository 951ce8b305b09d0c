import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import tls from 'node:tls';
import { type ControlServers, startControlServers } from '@danube/test-support/control/control-servers.js';
import { Identity } from '@danube/test-support/control/identity.js';
import { RecordingProxy } from '@danube/test-support/control/recording-proxy.js';
import { CoordinatorFolder, pythonWithGrpc, type Transport } from '@danube/test-support/control/run-danubefile.js';
import { ScriptedControlPlane, type ScriptedStep } from '@danube/test-support/control/scripted-control-plane.js';

const token = 'token-of-job-1';
const build = 'from danube import step\nprint(step.run("build").stdout)\n';
const output = 'a word that is nowhere else';
const answers = { build: { output: [{ stream: 'stdout', bytes: Buffer.from(output) }] } } as const;

let identity: Identity;
let controlPlane: ScriptedControlPlane;
let servers: ControlServers;
let folder: CoordinatorFolder;
let proxies: { rpc: RecordingProxy; grpc: RecordingProxy };

async function serve(hosts?: readonly string[], script: Readonly<Record<string, ScriptedStep>> = answers) {
  identity = await Identity.create(hosts);
  controlPlane = new ScriptedControlPlane(script);
  servers = await startControlServers(controlPlane, identity);
  proxies = { rpc: await RecordingProxy.to(servers.rpc), grpc: await RecordingProxy.to(servers.grpc) };
}

/** The connection file names the proxies. */
const connect = (ca: string | undefined) =>
  folder.connect({ rpc: proxies.rpc.address, grpc: proxies.grpc.address, ca }, token);

const seen = () => proxies.rpc.seen + proxies.grpc.seen;

/** Ends on its own while the master cannot be reached. */
const impatient = () => ({ DANUBE_DEADLINE: String(Date.now() + 1500) });

beforeEach(async () => {
  folder = await CoordinatorFolder.create();
});

afterEach(async () => {
  await Promise.all([servers.close(), proxies.rpc.close(), proxies.grpc.close()]);
  await folder.remove();
});

describe.each<Transport>(['http', 'grpc'])('over %s', (transport) => {
  const it = test.skipIf(transport === 'grpc' && pythonWithGrpc === undefined);

  it('nothing of a call is on the wire in clear text', async () => {
    await serve();
    await connect(identity.ca);
    expect(await folder.run(transport, build)).toEqual({ exitCode: 0, stdout: `${output}\n`, stderr: '' });
    expect(seen().length).toBeGreaterThan(500);
    for (const secret of [token, 'job-1', 'run-step', 'RunStep', output]) expect(seen()).not.toContain(secret);
  });

  it('another authority is a reason to ask again, and it is not told the token', async () => {
    await serve();
    await connect((await Identity.create()).ca);
    const { exitCode, stderr } = await folder.run(transport, build, impatient());
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/MasterUnavailable: no answer.*: cannot reach the master: .*certificate/i);
    expect(controlPlane.requests).toEqual([]);
    expect(seen().length).toBeGreaterThan(500);
    expect(seen()).not.toContain(token);
  });

  it('a certificate for another host is refused in the same way', async () => {
    await serve(['danube.elsewhere.svc', '127.0.0.2']);
    await connect(identity.ca);
    const { exitCode, stderr } = await folder.run(transport, build, impatient());
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/cannot reach the master: .*(certificate|Peer name 127\.0\.0\.1)/);
    expect(controlPlane.requests).toEqual([]);
  });

  it('a job whose authority is replaced in its connection file goes on', async () => {
    await serve();
    await connect((await Identity.create()).ca);
    const job = folder.run(transport, build);
    await expect.poll(() => seen().length).toBeGreaterThan(500);
    await connect(identity.ca);
    expect(await job).toMatchObject({ exitCode: 0, stdout: `${output}\n` });
  });

  it('a job that expects clear text reaches nobody', async () => {
    await serve();
    await connect(undefined);
    const { exitCode, stderr } = await folder.run(transport, build, impatient());
    expect(exitCode).toBe(1);
    expect(stderr).toContain('MasterUnavailable');
    expect(controlPlane.requests).toEqual([]);
  });

  it('a job goes on while the certificate is renewed', async () => {
    let running = (): void => undefined;
    let proceed = (): void => undefined;
    const reached = new Promise<void>((resolve) => (running = resolve));
    const renewed = new Promise<void>((resolve) => (proceed = resolve));
    await serve(undefined, { ...answers, wait: { output: [() => (running(), renewed)] } });
    await connect(identity.ca);
    const job = folder.run(transport, `from danube import step\nprint(step.run("wait").ok)\n${build}`);
    await reached;
    await identity.renew();
    for (const address of [servers.rpc, servers.grpc]) {
      expect(await shownCertificate(address)).toBe(identity.certificate.trim());
    }
    proceed();
    expect(await job).toEqual({ exitCode: 0, stdout: `True\n${output}\n`, stderr: '' });
    expect(controlPlane.requests).toHaveLength(2);
  });
});

test('the certificates hold what the strictest clients ask for', async () => {
  await serve();
  await connect(identity.ca);
  const source = `
import ssl
make = ssl.create_default_context
def strict(**given):
    context = make(**given)
    context.verify_flags |= ssl.VERIFY_X509_STRICT
    return context
ssl.create_default_context = strict
${build}`;
  expect(await folder.run('http', source, impatient())).toEqual({ exitCode: 0, stdout: `${output}\n`, stderr: '' });
});

test('without an authority in the connection file those count that the machine trusts', async () => {
  await serve();
  await folder.connect({ rpc: proxies.rpc.address, grpc: '', ca: '' });
  const { exitCode, stderr } = await folder.run('http', build, impatient());
  expect(exitCode).toBe(1);
  expect(stderr).toContain('is refused: unable to get local issuer certificate');
});

/** PEM of what a server on this machine shows. */
async function shownCertificate(address: string): Promise<string | undefined> {
  const [host = '', port = ''] = address.split(':');
  const socket = tls.connect({ host, port: Number(port), ca: identity.ca });
  await once(socket, 'secureConnect');
  const pem = socket.getPeerX509Certificate()?.toString().trim();
  socket.destroy();
  return pem;
}
