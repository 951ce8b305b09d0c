import { readJsonBody } from '@danube/plugin-api/toolkit';

/**
 * The repository that a delivery is about. It is read before the signature is verified, so trust nothing.
 * @param {import('@danube/plugin-api').WebhookDelivery} delivery
 * @returns {import('@danube/plugin-api').ForgeRepository | import('@danube/plugin-api').Ignored}
 */
export function identifyRepository(delivery) {
  const body = readJsonBody(delivery);
  return readRepository(body.object('repository'));
}

/**
 * @param {import('@danube/plugin-api/toolkit').JsonObject} repository
 * @returns {import('@danube/plugin-api').ForgeRepository}
 */
export function readRepository(repository) {
  return {
    fullName: repository.text('full_name'),
    cloneUrls: [repository.text('clone_url'), repository.text('ssh_url')],
  };
}
