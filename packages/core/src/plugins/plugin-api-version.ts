/** The version of the contract that this core fulfils; a test holds it to the package's own. */
export const pluginApiVersion = '1.0.0';
