export { closestName } from './closest-name.js';
export { ConfigFileReader, merge } from './read-config-file.js';
export { createValidators } from './validators.js';
