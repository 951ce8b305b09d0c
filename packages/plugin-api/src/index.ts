export * from './contribution.js';
export * from './define-plugin.js';
export * from './errors.js';
export * from './secret-value.js';
export * from './values.js';
