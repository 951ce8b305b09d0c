import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome'];
const folders = (process.env['PATH'] ?? '').split(delimiter);

/** The one of this machine; `DANUBE_TEST_CHROMIUM` names another. */
const executablePath = [
  process.env['DANUBE_TEST_CHROMIUM'] ?? '',
  ...folders.flatMap((folder) => names.map((name) => join(folder, name))),
].find((path) => existsSync(path));

export const hasChromium = executablePath !== undefined;
/** For names of tests: why they are skipped, where they are. */
export const withoutChromium = hasChromium
  ? ''
  : ' (skipped: needs Chromium; Debian and Ubuntu: apt-get install chromium)';

export function openBrowser(): Promise<Browser> {
  if (executablePath === undefined) throw new Error('there is no Chromium on this machine');
  // its sandbox needs rights that a container or root does not have
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}
