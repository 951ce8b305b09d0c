import { httpAddress } from '@danube/plugin-api/toolkit';

/**
 * The keys of an entry in `config.yaml` that are this forge's own. `type`, `name` and `webhook_secret` are Danube's.
 * @typedef {{ readonly url: string }} Config
 */

export const configSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['url'],
  properties: {
    url: httpAddress('Where the web pages of the forge are'),
  },
};
