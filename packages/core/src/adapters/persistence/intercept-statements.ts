import type { QueryRunner } from 'typeorm';

/** Wraps every statement of a connection; it gets the SQL text with its placeholders. */
export type Around = <T>(sql: string, statement: () => Promise<T>) => Promise<T>;

/** The same runner, except that each statement passes through `around`. */
export function interceptStatements(runner: QueryRunner, around: Around): QueryRunner {
  const query = (sql: string, parameters?: unknown[], structured?: boolean): Promise<unknown> =>
    around(sql, () => runner.query(sql, parameters, structured as true));
  return Object.create(runner, { query: { value: query } }) as QueryRunner;
}
