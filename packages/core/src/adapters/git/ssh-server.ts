import { DanubeError } from '@danube/plugin-api';

export interface SshServer {
  readonly host: string;
  readonly port: number;
}

const ssh = /^ssh:\/\/(?:[^@/]*@)?(\[[^\]]*\]|[^:/]*)(?::(\d+))?/i;
const scpLike = /^(?:[^@/]*@)?(\[[^\]]*\]|[^:/]+):/;

/**
 * Host and port of an ssh URL as git hands them to ssh.
 * @throws DanubeError `repository_url_refused` (invalid) for a host that ssh would take for a pattern
 */
export function sshServer(url: string): SshServer {
  const [, host = '', port = '22'] = ssh.exec(url) ?? scpLike.exec(url) ?? [];
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  if (!/[\s"'\\*?!,]/.test(bare)) return { host: bare, port: Number(port) };
  throw new DanubeError('repository_url_refused', 'the repository URL names a host that no server can have', {
    category: 'invalid',
  });
}
