import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { median, repeat, type Row, time } from './measure.js';
import { createWorld, triggerToEnd } from './world.js';

const danubefile = 'from danube import step\nstep.run("true", name="one", check=True)\n';
const total = 1_000_000;

/** Listing jobs when the table holds a million of them. */
export async function apiList(): Promise<Row[]> {
  const world = await createWorld({ danubefile, pipelines: ['one'] });
  try {
    await world.server.start();
    const id = await triggerToEnd(world.server, 'one');
    await world.server.kill('SIGTERM');
    copyJob(join(world.folder, 'data', 'danube.db'), id);
    await world.server.start();

    const list = async (query: string) => {
      const page = await world.server.json<{ items: unknown[] }>('GET', `/api/v1/jobs?limit=50${query}`);
      if (page.items.length !== 50) throw new Error(`expected 50 jobs, got ${page.items.length} for "${query}"`);
    };
    const floor = median(
      await repeat(50, () => time(() => world.server.request('GET', '/health').then((r) => r.text()))),
    );
    const rows: Row[] = [];
    for (const query of ['', '&status=success', '&pipeline=one', '&branch=main&status=success']) {
      const ms = median(await repeat(50, () => time(() => list(query))));
      rows.push({ name: `list 50 of 1,000,000 jobs${query}`, value: ms, unit: 'ms', floor, floorIs: 'GET /health' });
    }
    return rows;
  } finally {
    await world.dispose();
  }
}

/** Multiplies one real row in place; ids stay unique and in order. */
function copyJob(database: string, id: string): void {
  const script = `
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
columns = [row[1] for row in db.execute("PRAGMA table_info(jobs)") if row[1] != "sequence"]
values = {"id": "printf('%s-%09d', substr(id, 1, 8), n)", "number": "n + 1", "created_at": "created_at + n"}
fields = ", ".join(values.get(name, name) for name in columns)
db.execute(f"""WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < ${total})
  INSERT INTO jobs ({", ".join(columns)}) SELECT {fields} FROM jobs, c WHERE id = ?""", (sys.argv[2],))
db.commit()
`;
  execFileSync('python3', ['-c', script, database, id]);
}
