import 'reflect-metadata';
import { OwnCertificates } from '@danube/core/adapters/control-tls/own-certificates.js';
import { replacePrivateFile } from '@danube/core/adapters/filesystem/private-file.js';

/** A first start that stands still after so many files are written, to be killed. */
const [folder = '', count = ''] = process.argv.slice(2);
let left = Number(count);

async function write(path: string, content: string): Promise<void> {
  if (left-- > 0) return replacePrivateFile(path, content);
  process.stdout.write('standing still\n');
  return new Promise(() => setInterval(() => undefined, 1000));
}

const certificates = await OwnCertificates.open(folder, ['ci.example.org'], write, Date.now());
await certificates.read(Date.now());
