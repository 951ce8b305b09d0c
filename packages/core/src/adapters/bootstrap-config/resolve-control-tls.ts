import type { BootstrapConfig } from './bootstrap-config.js';

/** Whose certificate the control planes show: one that Danube makes, or that of these files. */
export type ControlTlsSettings =
  'own' | { readonly certificate: string; readonly key: string; readonly ca: string | undefined };

/** Undefined: clear text, which must have been asked for. What does not go together is added to the problems. */
export function resolveControlTls(
  { server, kubernetes: { rpcUrl, insecureControlPlane } }: BootstrapConfig,
  problems: string[],
): ControlTlsSettings | undefined {
  const { controlTlsCert: certificate, controlTlsKey: key, controlTlsCa: ca } = server;
  const provided = [certificate, key, ca].some((file) => file !== undefined);
  if (insecureControlPlane) {
    if (rpcUrl?.startsWith('https:') === true || provided) {
      problems.push(
        'kubernetes.insecure_control_plane is true, which means clear text, but an https rpc_url or a control_tls ' +
          'setting is there too; leave one of them out',
      );
    }
    return undefined;
  }
  if (rpcUrl?.startsWith('http:') === true) {
    problems.push(
      `kubernetes.rpc_url is ${JSON.stringify(rpcUrl)}: tokens of jobs would cross the network in clear text; write ` +
        'https:// (the server makes its certificate itself), or set insecure_control_plane = true in [kubernetes]',
    );
  }
  if (!provided) return 'own';
  if (certificate !== undefined && key !== undefined) return { certificate, key, ca };
  problems.push(
    'server.control_tls_cert and server.control_tls_key go together; set both, or none to have Danube make a certificate',
  );
  return undefined;
}
