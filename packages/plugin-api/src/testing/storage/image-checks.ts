import assert from 'node:assert/strict';
import type { Storage } from '../../storage.js';
import { assertNoSecret } from '../kit/failures.js';
import { remoteChecks } from '../kit/remote-checks.js';
import { forever } from './content.js';
import { imageCheck, type StorageCheck, type StorageSamples, type StorageSetting } from './storage-check.js';

export const imageChecks: readonly StorageCheck[] = [
  imageCheck('access names a registry as image names begin', async (images, { setting }) => {
    const access = await images.access(forever());
    assert.match(access.host, /^[a-z0-9.-]+(?::\d+)?$|^\[[0-9a-f:]+\](?::\d+)?$/, 'host is not host:port');
    assert.equal(typeof access.insecure, 'boolean', 'insecure is not true or false');
    if (access.login !== undefined) {
      assert.ok(access.login.username !== '', 'the user name is empty');
      assert.ok(access.login.password.reveal() !== '', 'the password is empty');
      assertNoSecret(access, setting, 'the access', [access.login.password.reveal()]);
    }
  }),
  imageCheck('ensureDeployed may be called again, also at once', async (images) => {
    await images.ensureDeployed(forever());
    await Promise.all([images.ensureDeployed(forever()), images.ensureDeployed(forever())]);
  }),
  imageCheck('collectGarbage says how many bytes it freed, and may be called again', async (images) => {
    await images.ensureDeployed(forever());
    for (const run of ['first', 'second']) {
      const { deletedBytes } = await images.collectGarbage(forever());
      assert.ok(Number.isSafeInteger(deletedBytes) && deletedBytes >= 0, `deletedBytes of the ${run} run`);
    }
  }),
  ...(['access', 'ensureDeployed', 'collectGarbage'] as const).flatMap((method) =>
    remoteChecks<Storage, StorageSetting, StorageSamples>(
      `images.${method}`,
      ({ instance }, signal) => instance.images?.[method](signal),
      { saysWhen: false },
    ),
  ),
];
