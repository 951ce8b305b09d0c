export { explainError } from './explain-error.js';
export { triggerListSchema } from './schemas/trigger.js';
export { createAjv } from './validators.js';
