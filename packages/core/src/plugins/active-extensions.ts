import type { Extensions, ExtensionSet } from '../services/ports/extensions.js';

export const noExtensions: ExtensionSet = {
  plugins: [],
  forges: [],
  gitAuthMethods: [],
  notifiers: [],
  builders: [],
  storages: [],
};

/** Holds the set in force. */
export class ActiveExtensions implements Extensions {
  #current = noExtensions;

  get current(): ExtensionSet {
    return this.#current;
  }

  /** What is taken up from here on sees the new set; who read the old one before goes on with it. */
  swap(next: ExtensionSet): void {
    this.#current = next;
  }
}
