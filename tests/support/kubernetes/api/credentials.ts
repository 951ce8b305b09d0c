import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Certificates {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

/** An authority of its own for this cluster, and the server's certificate from it. */
export async function makeCertificates(folder: string): Promise<Certificates> {
  const file = (name: string) => join(folder, name);
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  const request = ['req', '-x509', '-days', '30', ...key];
  await run('openssl', [
    ...[...request, '-keyout', file('ca.key'), '-out', file('ca.crt'), '-subj', '/CN=stand-in-ca'],
    ...['-addext', 'basicConstraints=critical,CA:TRUE'],
  ]);
  await run('openssl', [
    ...[...request, '-keyout', file('server.key'), '-out', file('server.crt'), '-subj', '/CN=kube-apiserver'],
    ...['-CA', file('ca.crt'), '-CAkey', file('ca.key'), '-addext', 'basicConstraints=critical,CA:FALSE'],
    ...['-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost'],
  ]);
  const [ca, cert, privateKey] = await Promise.all(
    ['ca.crt', 'server.crt', 'server.key'].map((name) => readFile(file(name), 'utf8')),
  );
  return { ca: ca ?? '', cert: cert ?? '', key: privateKey ?? '' };
}

export function makeToken(): string {
  return randomBytes(24).toString('base64url');
}

/** Writes a kubeconfig with one context and answers its path. */
export async function writeKubeconfig(
  folder: string,
  { url, ca, token, namespace }: { url: string; ca: string; token: string; namespace: string },
): Promise<string> {
  const path = join(folder, 'kubeconfig');
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'stand-in',
    clusters: [
      {
        name: 'stand-in',
        cluster: { server: url, 'certificate-authority-data': Buffer.from(ca).toString('base64') },
      },
    ],
    users: [{ name: 'danube', user: { token } }],
    contexts: [{ name: 'stand-in', context: { cluster: 'stand-in', user: 'danube', namespace } }],
  };
  await writeFile(path, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
  return path;
}
