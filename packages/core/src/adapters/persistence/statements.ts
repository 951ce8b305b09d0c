export type SqlValue = string | number | Buffer | null;
export type SqlRow = Readonly<Record<string, SqlValue>>;

export interface Statement {
  readonly sql: string;
  readonly parameters: readonly SqlValue[];
}

/** SQLite accepts 32,766 parameters a statement; longer texts than this are no faster. */
const maxParameters = 4_000;

/** One row. `suffix` is for example an ON CONFLICT clause. */
export function insertInto<Row extends object>(table: string, row: Row, suffix = ''): Statement {
  return insertRows(table, [row], suffix);
}

/** Inserts the rows, in as few statements as SQLite takes; where one with the same key is there, it gets the new values. */
export function upsertInto<Row extends object>(
  table: string,
  key: readonly (keyof Row & string)[],
  rows: readonly Row[],
): Statement[] {
  const first = rows[0];
  if (first === undefined) return [];
  const changes = Object.keys(first)
    .filter((column) => !(key as readonly string[]).includes(column))
    .map((column) => `${column} = excluded.${column}`);
  const suffix = `ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${changes.join(', ')}`;
  return inBatches(rows).map((batch) => insertRows(table, batch, suffix));
}

/** `a = ?, b = ?` for the columns given. */
export function assignments(columns: SqlRow): Statement {
  return {
    sql: Object.keys(columns)
      .map((column) => `${column} = ?`)
      .join(', '),
    parameters: Object.values(columns),
  };
}

/** The listed values as one parameter: SQLite reads them with `SELECT value FROM json_each(?)`. */
export function listParameter(values: readonly (string | number)[]): string {
  return JSON.stringify(values);
}

/** Any number of new rows, in as few statements as SQLite takes. */
export function insertAll<Row extends object>(table: string, rows: readonly Row[], suffix = ''): Statement[] {
  return inBatches(rows).map((batch) => insertRows(table, batch, suffix));
}

function inBatches<Row extends object>(rows: readonly Row[]): Row[][] {
  const size = Math.max(1, Math.floor(maxParameters / Object.keys(rows[0] ?? { none: 0 }).length));
  const batches: Row[][] = [];
  for (let start = 0; start < rows.length; start += size) batches.push(rows.slice(start, start + size));
  return batches;
}

function insertRows<Row extends object>(table: string, rows: readonly Row[], suffix: string): Statement {
  const columns = Object.keys(rows[0] ?? {});
  const places = `(${columns.map(() => '?').join(', ')})`;
  const sql = `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${rows.map(() => places).join(', ')} ${suffix}`;
  return { sql, parameters: rows.flatMap((row) => columns.map((column) => (row as SqlRow)[column] ?? null)) };
}
