import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';
import { DanubeError } from '@danube/plugin-api';
import PQueue from 'p-queue';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import type { UnitOfWork } from '../../services/ports/unit-of-work.js';
import { BackgroundCheckpoints } from './background-checkpoints.js';
import { measureTransaction, traceStatement, type DatabaseTelemetry } from './database-telemetry.js';
import { interceptStatements, type Around } from './intercept-statements.js';
import {
  beginStatement,
  checkpoint,
  checkIntegrity,
  connect,
  rollBack,
  translateSqliteError,
  withRows,
} from './sqlite-driver.js';
import { Transaction } from './transaction.js';

/**
 * The only way to the database: one connection that writes, in turns, others that only read, and one for checkpoints.
 * TypeORM gives each DataSource one connection and lets all callers into whatever transaction is open on it, so none is
 * handed out.
 */
export class Database implements UnitOfWork {
  readonly #current = new AsyncLocalStorage<Transaction>();
  readonly #writer: QueryRunner;
  readonly #readManagers: readonly EntityManager[];
  readonly #turns = new PQueue({ concurrency: 1 });
  readonly #checkpoints: BackgroundCheckpoints;
  #nextReader = 0;
  #closing: Promise<void> | undefined;

  private constructor(
    private readonly writerSource: DataSource,
    private readonly readerSources: readonly DataSource[],
    checkpointSource: DataSource,
    private readonly telemetry: DatabaseTelemetry,
  ) {
    const around: Around = (sql, statement) =>
      traceStatement(telemetry, sql, async () => {
        try {
          return await statement();
        } catch (error) {
          throw translateSqliteError(error);
        }
      });
    this.#checkpoints = new BackgroundCheckpoints(checkpointSource);
    this.#writer = interceptStatements(writerSource.createQueryRunner(), around);
    this.#readManagers = readerSources.map((source) =>
      source.createEntityManager(interceptStatements(source.createQueryRunner(), around)),
    );
  }

  /** Takes over the writer, whose schema is up to date, and opens the readers beside it. */
  static async open(
    path: string,
    writer: DataSource,
    readers: number,
    telemetry: DatabaseTelemetry,
  ): Promise<Database> {
    const opened: DataSource[] = [];
    try {
      for (let count = 0; count <= readers; count += 1) opened.push(await connect(path, 'reader'));
      const [checkpointSource, ...readerSources] = opened;
      return new Database(writer, readerSources, checkpointSource!, telemetry);
    } catch (error) {
      for (const source of opened) await source.destroy();
      throw error;
    }
  }

  /** For reading: inside a unit of work its own connection, so that it sees its own writes; elsewhere what is committed. */
  get read(): EntityManager {
    const transaction = this.#current.getStore();
    if (transaction) return transaction.manager;
    this.#refuseWhenClosed();
    this.#nextReader = (this.#nextReader + 1) % this.#readManagers.length;
    return this.#readManagers[this.#nextReader]!;
  }

  run<T>(work: () => Promise<T>): Promise<T> {
    return this.#join(work) ?? this.#takeTurn(() => this.#transact(work));
  }

  /** As {@link run}, before all that wait for their turn: for little that somebody outside waits for. */
  runNext<T>(work: () => Promise<T>): Promise<T> {
    return this.#join(work) ?? this.#takeTurn(() => this.#transact(work), 1);
  }

  /** Runs one writing statement, on its own or as part of the unit of work around it. Answers how many rows it changed. */
  async execute(sql: string, parameters: readonly unknown[] = []): Promise<number> {
    const transaction = this.#current.getStore();
    if (transaction) return transaction.execute(sql, parameters);
    const result = await this.#takeTurn(() => this.#writer.query(sql, [...parameters], true));
    return result.affected ?? 0;
  }

  /** As {@link execute}, for a statement with RETURNING. */
  executeReturning<Row>(sql: string, parameters: readonly unknown[]): Promise<Row[]> {
    const transaction = this.#current.getStore();
    if (transaction) return transaction.manager.query<Row[]>(withRows(sql), [...parameters]);
    return this.#takeTurn<Row[]>(() => this.#writer.query(withRows(sql), [...parameters]));
  }

  /** For health checks: fails where the database cannot be read. */
  async ping(): Promise<void> {
    await this.read.query('SELECT 1 FROM migrations LIMIT 1');
  }

  /** For health checks: fails with `database_damaged`. Reads the whole file, which takes seconds where it is large. */
  integrityCheck(): Promise<void> {
    return checkIntegrity((sql) => this.read.query(sql));
  }

  /** Lets everything that was accepted come to its end, then closes the file. Idempotent. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#turns.onIdle();
    await this.#checkpoints.close();
    for (const reader of this.readerSources) await reader.destroy();
    await checkpoint(this.writerSource);
    await this.writerSource.destroy();
  }

  #join<T>(work: () => Promise<T>): Promise<T> | undefined {
    return this.#current.getStore()?.join(work);
  }

  #transact<T>(work: () => Promise<T>): Promise<T> {
    return this.telemetry.tracer.span('database transaction', {}, async () => {
      await this.#writer.query(beginStatement);
      const transaction = new Transaction(this.writerSource, this.#writer);
      try {
        const result = await this.#current.run(transaction, work);
        transaction.requireComplete();
        await transaction.seal();
        await this.#writer.query('COMMIT');
        return result;
      } catch (error) {
        await transaction.seal();
        await rollBack(this.#writer);
        throw error;
      }
    });
  }

  async #takeTurn<T>(work: () => Promise<T>, priority = 0): Promise<T> {
    this.#refuseWhenClosed();
    // as part of what its caller does, not of what had the turn before
    const turn = AsyncResource.bind(() => measureTransaction(this.telemetry, work));
    const result = await this.#turns.add(turn, { priority });
    this.#checkpoints.noteCommit();
    return result;
  }

  #refuseWhenClosed(): void {
    if (this.#closing === undefined) return;
    throw new DanubeError('database_closed', 'the database is closed: the server is stopping', {
      category: 'unavailable',
    });
  }
}
