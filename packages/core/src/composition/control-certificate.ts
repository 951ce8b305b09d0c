import type { KubernetesSettings } from '../adapters/bootstrap-config/resolve-kubernetes.js';
import type { CertificateSource } from '../adapters/control-tls/certificate-source.js';
import { ControlCertificate } from '../adapters/control-tls/control-certificate.js';
import { OwnCertificates } from '../adapters/control-tls/own-certificates.js';
import { ProvidedCertificates } from '../adapters/control-tls/provided-certificates.js';
import { replacePrivateFile } from '../adapters/filesystem/private-file.js';
import { parseListenAddress } from '../services/control/listen-address.js';
import type { LoggerFactory } from '../services/ports/logger.js';
import type { DataDirectory } from './data-directory.js';
import type { Lifecycle } from './lifecycle.js';

const refreshMs = 3_600_000;

/** What the control planes of a master on Kubernetes prove themselves with; undefined where jobs use clear text. */
export async function openControlCertificate(
  settings: KubernetesSettings,
  data: DataDirectory,
  lifecycle: Lifecycle,
  loggers: LoggerFactory,
): Promise<ControlCertificate | undefined> {
  if (settings.controlTls === undefined) return undefined;
  const source = await openSource(settings.controlTls, hostsOf(settings), data);
  const certificate = await ControlCertificate.open(source, loggers.forTarget('danube.tls'), Date.now());
  const timer = setInterval(() => void certificate.refresh(Date.now()), refreshMs).unref();
  lifecycle.onStop('certificate of the control planes', () => clearInterval(timer));
  return certificate;
}

function openSource(
  tls: NonNullable<KubernetesSettings['controlTls']>,
  hosts: readonly string[],
  data: DataDirectory,
): Promise<CertificateSource> {
  if (tls === 'own') return OwnCertificates.open(data.keys, hosts, replacePrivateFile, Date.now());
  return ProvidedCertificates.open(tls, hosts);
}

function hostsOf({ rpcUrl, grpcAddress }: KubernetesSettings): readonly string[] {
  const rpcHost = new URL(rpcUrl).hostname.replace(/^\[|\]$/g, '');
  return [...new Set([rpcHost, parseListenAddress(grpcAddress).host])];
}
