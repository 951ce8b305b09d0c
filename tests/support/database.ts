import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPersistence, type Persistence } from '@danube/core/adapters/persistence/open-persistence.js';
import type { DatabaseTelemetry } from '@danube/core/adapters/persistence/database-telemetry.js';

/** Telemetry that goes nowhere; give the parts that a test looks at. */
export function silentTelemetry(parts: Partial<DatabaseTelemetry> = {}): DatabaseTelemetry {
  const nothing = (): void => undefined;
  return {
    logger: { debug: nothing, info: nothing, warn: nothing, error: nothing },
    metrics: { count: nothing, observe: nothing, set: nothing },
    tracer: { span: (_name, _attributes, work) => work(), traceparent: () => undefined },
    ...parts,
  };
}

export interface TestDatabase extends Persistence {
  /** The database file, in a folder of its own. */
  readonly path: string;
}

/** A real database in a fresh temporary folder; `close` removes both. */
export async function openTestDatabase(telemetry: Partial<DatabaseTelemetry> = {}): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'danube-database-'));
  const path = join(folder, 'danube.db');
  const persistence = await openPersistence(path, silentTelemetry(telemetry));
  return {
    ...persistence,
    path,
    close: async () => {
      await persistence.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
