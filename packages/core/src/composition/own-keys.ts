import { ensureKeyPair } from '../adapters/git/key-pair.js';
import { deployKeyName, fallbackKeyName } from './data-directory.js';
import type { Engine } from './engine.js';

const ownKeys = [
  {
    name: deployKeyName,
    comment: 'danube-deploy-key',
    message: 'made a deploy key; give its public half read access to a config repository that is reached by ssh',
  },
  {
    name: fallbackKeyName,
    comment: 'danube-fallback-key',
    message:
      'made a fallback key; give its public half read access to repositories with ssh URLs that no entry of git_authentication matches',
  },
];

/**
 * Made at the first start, so that they can be registered before an ssh URL is configured. Their absence is an error only of
 * whoever needs one.
 */
export async function ensureOwnKeys({ data, logger }: Pick<Engine, 'data' | 'logger'>): Promise<void> {
  for (const { name, comment, message } of ownKeys) {
    try {
      const key = await ensureKeyPair(data.keys, name, comment);
      if (key.created) logger.info(message, { public_key: key.publicKey });
    } catch (error) {
      logger.warn('an ssh key could not be made; ssh URLs cannot be read without it', { key: name, err: error });
    }
  }
}
