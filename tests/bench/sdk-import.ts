import { fileURLToPath } from 'node:url';
import { median, python, repeat, type Row, run } from './measure.js';

const sdk = fileURLToPath(new URL('../../sdk/src', import.meta.url));

/** What `import danube` adds to a Python that does nothing. */
export async function sdkImport(): Promise<Row[]> {
  const env = { ...process.env, PYTHONPATH: sdk, PYTHONDONTWRITEBYTECODE: '' };
  const bare: number[] = [];
  const withSdk: number[] = [];
  await repeat(20, () => {
    bare.push(run(python, ['-c', 'pass'], { env }));
    withSdk.push(run(python, ['-c', 'from danube import step, ctx'], { env }));
    return 0;
  });
  return [
    {
      name: 'python with `import danube`',
      value: median(withSdk),
      unit: 'ms',
      floor: median(bare),
      floorIs: 'python -c pass',
    },
  ];
}
