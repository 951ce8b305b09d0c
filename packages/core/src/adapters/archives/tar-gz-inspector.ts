import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createGunzip, type Gunzip } from 'node:zlib';
import { isDanubeError } from '@danube/plugin-api';
import type { ArchiveInspector, ArchiveLimits, InspectedArchive } from '../../services/ports/archive-inspector.js';
import { archiveInvalid } from './archive-errors.js';
import { TarReader } from './tar-reader.js';

const chunkSize = 256 * 1024;

/** Unpacks in passing, to see what is in the archive and that it is whole; nothing is kept of it. */
export class TarGzInspector implements ArchiveInspector {
  inspect(archive: AsyncIterable<Uint8Array>, limits: ArchiveLimits): InspectedArchive {
    const hash = createHash('sha256');
    let sizeBytes = 0;
    async function* content() {
      const gunzip = createGunzip({ chunkSize });
      let failure: { readonly error: unknown } | undefined;
      const reading = readEntries(gunzip, limits);
      reading.catch((error: unknown) => (failure = { error }));
      try {
        for await (const chunk of archive) {
          hash.update(chunk);
          sizeBytes += chunk.length;
          if (!gunzip.write(chunk)) await Promise.race([once(gunzip, 'drain'), reading]);
          if (failure !== undefined) throw failure.error;
          yield chunk;
        }
        gunzip.end();
        await reading;
      } finally {
        gunzip.destroy();
      }
    }
    return { content: content(), facts: () => ({ sizeBytes, sha256: hash.copy().digest('hex') }) };
  }
}

async function readEntries(gunzip: Gunzip, limits: ArchiveLimits): Promise<void> {
  const reader = new TarReader(limits);
  try {
    for await (const bytes of gunzip) reader.read(bytes as Buffer);
    reader.end();
  } catch (error) {
    throw isDanubeError(error) ? error : archiveInvalid((error as Error).message, error);
  }
}
