import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipelineDocument, teamDocument } from './config-documents.js';
import { DanubeProcess, type JobBody } from './danube-process.js';
import { GitRepository } from './git-fixtures.js';
import { type GitHttpServer, startGitHttpServer } from './git-http-server.js';
import { type GitSshServer, makeSshKey, startGitSshServer } from './git-ssh-server.js';
import { PluginFolder } from './plugin-fixtures.js';
import { testRuntime, type TestRuntime } from './test-runtime.js';

export const password = 'a-t0ken-that-nobody-may-see';
const repositories = ['app', 'other'] as const;

/** A method that hands out a secret as it is. */
const tokenPlugin = `
export default { id: 'sample-token', gitAuthMethods: [{
  type: 'sample_token',
  configSchema: {
    type: 'object', additionalProperties: false, required: ['token_secret'],
    properties: { token_secret: { type: 'string', format: 'danube-secret' } },
  },
  create: ({ token_secret }, context) => ({
    async issueCredential(_repository, signal) {
      return { kind: 'https', username: 'oauth2', password: await context.secret(token_secret, signal) };
    },
  }),
}] };
`;

/** A real server with real Git servers over https and ssh that let nobody in without a credential. */
export class PrivateRepositories {
  /** Awaited before objects are sent over https. */
  beforeObjects: () => Promise<void> = () => Promise.resolve();
  server!: DanubeProcess;
  #https!: GitHttpServer;
  #ssh!: GitSshServer;
  readonly folder = mkdtempSync(join(tmpdir(), 'danube-private-'));
  readonly dataDir = join(this.folder, 'data');
  readonly #config = new GitRepository(join(this.folder, 'config'));

  private constructor(private readonly runtime: TestRuntime) {}

  static async start(): Promise<PrivateRepositories> {
    const world = new PrivateRepositories(await testRuntime());
    await world.#startServers();
    await world.#configure();
    return world;
  }

  /** A line of the key that the entry uses, as it stands in its file. */
  get privateKeyLine(): string {
    return readFileSync(join(this.#ssh.folder, 'entry'), 'utf8').split('\n')[2] ?? '';
  }

  commitTo(repository: (typeof repositories)[number], files: Readonly<Record<string, string>>): string {
    return new GitRepository(join(this.folder, 'git', repository)).commit(files);
  }

  async trigger(pipeline: string, body: object = {}): Promise<string> {
    return (await this.server.json<JobBody>('POST', `/api/v1/pipelines/${pipeline}/trigger`, body)).id;
  }

  async run(pipeline: string, body: object = {}): Promise<JobBody> {
    return this.server.ended(await this.trigger(pipeline, body));
  }

  async stop(): Promise<void> {
    await this.server.stop();
    await Promise.all([this.#https.close(), this.#ssh.close()]);
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #startServers(): Promise<void> {
    mkdirSync(this.dataDir);
    for (const name of repositories) {
      this.commitTo(name, { 'danubefile.py': `from danube import step\nstep.run("echo hello from ${name}")\n` });
    }
    const [key, cert] = [join(this.folder, 'tls.key'), join(this.folder, 'tls.crt')];
    const { host } = this.runtime;
    makeCertificate(key, cert, host);
    this.#https = await startGitHttpServer(join(this.folder, 'git'), {
      user: 'oauth2',
      password,
      host,
      tls: { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') },
      beforeObjects: () => this.beforeObjects(),
    });
    this.#ssh = await startGitSshServer(host);
    new PluginFolder(this.dataDir).write({
      name: 'danube-plugin-sample-token',
      contributes: { gitAuthMethods: ['sample_token'] },
      secrets: true,
      code: tokenPlugin,
    });
    this.#config.commit({ 'teams.yaml': teamDocument() });
    this.server = await DanubeProcess.create(this.dataDir, this.#config.url, {
      DANUBE_CONFIG_REPO_SYNC_INTERVAL: '1h',
      GIT_SSL_CAINFO: cert,
    });
    await this.server.start();
  }

  async #configure(): Promise<void> {
    const entryKey = makeSshKey(join(this.#ssh.folder, 'entry'));
    this.#ssh.authorize(readFileSync(`${entryKey}.pub`, 'utf8'));
    this.#ssh.authorize(readFileSync(join(this.dataDir, 'keys/git_fallback_key.pub'), 'utf8'));
    await this.server.json('PUT', '/api/v1/secrets/git-token', { value: password });
    await this.server.json('PUT', '/api/v1/secrets/git-key', { value: readFileSync(entryKey, 'utf8') });
    const https = (name: string): string => `${this.#https.url}/${name}`;
    const ssh = (name: string): string => `${this.#ssh.url}${join(this.folder, 'git', name)}`;
    const portOf = (url: string): string => new URL(url).port;
    const { host } = this.runtime;
    const config = {
      plugins: [{ package: 'danube-plugin-sample-token' }],
      git_authentication: [
        { type: 'sample_token', match_patterns: [`${host}:${portOf(https(''))}/app`], token_secret: 'git-token' },
        {
          type: 'ssh_key',
          name: 'apps',
          match_patterns: [`${host}:${portOf(ssh(''))}/**/app`],
          private_key_secret: 'git-key',
          known_hosts: this.#ssh.hostLine,
        },
      ],
    };
    const pipelines = {
      'over-https': https('app'),
      'over-ssh': ssh('app'),
      'with-fallback-key': ssh('other'),
      unmatched: https('other'),
    };
    const documents = Object.entries(pipelines).map(([name, url]) => [
      `pipelines/${name}.json`,
      pipelineDocument(name, url),
    ]);
    this.#config.commit({
      'config.json': this.runtime.configDocument(config),
      ...(Object.fromEntries(documents) as Record<string, string>),
    });
    const answer = await this.server.json<{ status: string }>('POST', '/api/v1/config/sync');
    if (answer.status !== 'applied') throw new Error(`the configuration was not applied: ${JSON.stringify(answer)}`);
  }
}

/** For an address, and its own authority. */
export function makeCertificate(key: string, cert: string, address = '127.0.0.1'): void {
  const subject = ['-subj', '/CN=danube test', '-addext', `subjectAltName=IP:${address}`];
  const args = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  execFileSync('openssl', [...args, '-keyout', key, '-out', cert, ...subject], { stdio: 'ignore' });
}
