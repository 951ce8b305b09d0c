import type { MasterAddresses } from '../ports/job-runtime.js';

/** Where coordinators reach this master: known once its control plane listens. */
export class ControlEndpoints {
  #endpoints: MasterAddresses | undefined;

  set(endpoints: MasterAddresses): void {
    this.#endpoints = endpoints;
  }

  current(): MasterAddresses {
    if (this.#endpoints === undefined) throw new Error('the control plane does not listen yet');
    return this.#endpoints;
  }
}
