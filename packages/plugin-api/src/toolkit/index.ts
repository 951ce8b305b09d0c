export * from './expiring-value.js';
export { ForgeApi, type ForgeAnswer, type ForgeApiOptions, type ForgeRequest } from './forge-api/forge-api.js';
export * from './git-names.js';
export * from './ignored.js';
export { JsonObject, type InvalidJson } from './json/json-object.js';
export { deliveryInvalid, readJsonBody } from './json/read-json-body.js';
export * from './repository-urls.js';
export * from './signatures.js';
export * from './url-path.js';
