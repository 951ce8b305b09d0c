import { servedBy } from '@danube/plugin-api/toolkit';
import { identifyRepository } from './identify-repository.js';
import { parseEvent } from './parse-event.js';
import { verifySignature } from './verify-signature.js';

/**
 * One forge of the configuration. No I/O here: it belongs into an optional `start(signal)`.
 * @param {import('./config.js').Config} config
 * @returns {import('@danube/plugin-api').Forge}
 */
export function createForge(config) {
  return {
    // headers that hold a secret itself; a signature is none
    credentialHeaders: [],
    servesRepository: (url) => servedBy(config.url, url),
    deliveryId: (delivery) => delivery.headers['x-__id__-delivery'],
    identifyRepository,
    verifySignature,
    parseEvent,
  };
}
