/** What a job may know of the master's own environment: enough to find and run programs, and no credential. */
const inherited = [
  'PATH',
  'HOME',
  'USER',
  'LOGNAME',
  'SHELL',
  'LANG',
  'LANGUAGE',
  'TZ',
  'TMPDIR',
  'XDG_RUNTIME_DIR',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'http_proxy',
  'https_proxy',
  'no_proxy',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
];

/** The part of the master's environment that its jobs get. */
export function inheritedEnvironment(env: NodeJS.ProcessEnv): Record<string, string> {
  const names = [...inherited, ...Object.keys(env).filter((name) => name.startsWith('LC_'))];
  return Object.fromEntries(names.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
}
