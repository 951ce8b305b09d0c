import type { CoordinatorConnection } from '../ports/job-runtime.js';

/** Where coordinators reach this master: known once its control plane listens. */
export class ControlEndpoints {
  #endpoints: Pick<CoordinatorConnection, 'rpcUrl' | 'grpcAddress'> | undefined;

  set(endpoints: Pick<CoordinatorConnection, 'rpcUrl' | 'grpcAddress'>): void {
    this.#endpoints = endpoints;
  }

  current(): Pick<CoordinatorConnection, 'rpcUrl' | 'grpcAddress'> {
    if (this.#endpoints === undefined) throw new Error('the control plane does not listen yet');
    return this.#endpoints;
  }
}
