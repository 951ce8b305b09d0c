import { DanubeError } from '@danube/plugin-api';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { interceptStatements } from './intercept-statements.js';

/**
 * One open transaction of the writer. It watches its own end: a statement that comes too late, or is still going on
 * when the work has returned, would land in somebody else's transaction or in none.
 */
export class Transaction {
  readonly manager: EntityManager;
  readonly #runner: QueryRunner;
  readonly #statements = new Set<Promise<unknown>>();
  #nestedRunning = 0;
  #nestedFailure: { readonly cause: unknown } | undefined;
  #finished = false;

  constructor(source: DataSource, runner: QueryRunner) {
    this.#runner = interceptStatements(runner, (_sql, statement) => this.#track(statement));
    this.manager = source.createEntityManager(this.#runner);
  }

  async execute(sql: string, parameters: readonly unknown[]): Promise<number> {
    const result = await this.#runner.query(sql, [...parameters], true);
    return result.affected ?? 0;
  }

  /** Runs a nested unit of work as part of this one. */
  async join<T>(work: () => Promise<T>): Promise<T> {
    this.#refuseWhenFinished();
    this.#nestedRunning += 1;
    try {
      return await work();
    } catch (cause) {
      this.#nestedFailure ??= { cause };
      throw cause;
    } finally {
      this.#nestedRunning -= 1;
    }
  }

  /** @throws DanubeError where the work is not whole and so must not be committed. */
  requireComplete(): void {
    if (this.#nestedFailure !== undefined) {
      throw new DanubeError(
        'transaction_rolled_back',
        'a unit of work inside this one failed, so none of it is kept; let its error through',
        { category: 'internal', cause: this.#nestedFailure.cause },
      );
    }
    if (this.#statements.size > 0 || this.#nestedRunning > 0) {
      throw new DanubeError(
        'transaction_work_not_awaited',
        'a unit of work returned while database calls that it had started were still going on; await each of them',
        { category: 'internal' },
      );
    }
  }

  /** Lets nothing more in and waits for the statements that are on their way. */
  async seal(): Promise<void> {
    this.#finished = true;
    await Promise.allSettled(this.#statements);
  }

  async #track<T>(statement: () => Promise<T>): Promise<T> {
    this.#refuseWhenFinished();
    const running = statement();
    this.#statements.add(running);
    try {
      return await running;
    } finally {
      this.#statements.delete(running);
    }
  }

  #refuseWhenFinished(): void {
    if (!this.#finished) return;
    throw new DanubeError(
      'transaction_finished',
      'a database call was made on behalf of a unit of work that has ended; await every call inside the unit of work, ' +
        'and start background work outside of it',
      { category: 'internal' },
    );
  }
}
