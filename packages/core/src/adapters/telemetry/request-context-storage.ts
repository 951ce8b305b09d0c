import { AsyncLocalStorage } from 'node:async_hooks';
import type { RequestContext, RequestFacts } from '../../services/ports/request-context.js';

export class RequestContextStorage implements RequestContext {
  readonly #storage = new AsyncLocalStorage<RequestFacts>();

  run<T>(facts: RequestFacts, work: () => T): T {
    return this.#storage.run(facts, work);
  }

  leave<T>(work: () => T): T {
    return this.#storage.exit(work);
  }

  current(): RequestFacts | undefined {
    return this.#storage.getStore();
  }
}
