import { lock } from './sqlite-driver.js';

/**
 * Makes sure that one master only works on a data directory: two would run the same jobs. Waits a few seconds for
 * another one that is just stopping. The answer releases it; so does the end of the process, however it ends.
 * @throws DanubeError `data_dir_in_use` (conflict)
 */
export async function lockInstance(path: string): Promise<() => Promise<void>> {
  const held = await lock(path);
  return () => held.destroy();
}
