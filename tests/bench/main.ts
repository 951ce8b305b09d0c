import { apiList } from './api-list.js';
import { artifacts } from './artifacts.js';
import { configSync } from './config-sync.js';
import { jobLatency } from './job-latency.js';
import { jobThroughput } from './job-throughput.js';
import { kubernetes } from './kubernetes.js';
import { logMasking } from './log-masking.js';
import { logThroughput } from './log-throughput.js';
import { logViewer } from './log-viewer.js';
import { printTable, type Row } from './measure.js';
import { sdkImport } from './sdk-import.js';
import { serverStart } from './server-start.js';
import { sseFanOut } from './sse-fan-out.js';
import { webhookLoad } from './webhook-load.js';
import { isRealCluster } from '../support/test-cluster.js';
import { hasChromium } from '../support/web-ui/open-browser.js';

const benchmarks = {
  serverStart,
  jobLatency,
  jobThroughput,
  logThroughput,
  logMasking,
  sseFanOut,
  logViewer,
  apiList,
  configSync,
  artifacts,
  sdkImport,
  webhookLoad,
  kubernetes,
};

/** Measures and prints; it fails only when the work itself fails, never because of a time. */
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in benchmarks));
if (unknown.length > 0) {
  console.error(`error: unknown benchmark ${unknown.join(', ')}; known: ${Object.keys(benchmarks).join(', ')}`);
  process.exit(2);
}
/** What this machine cannot measure: left out unless it is asked for. */
const impossible = new Set([...(isRealCluster ? [] : ['kubernetes']), ...(hasChromium ? [] : ['logViewer'])]);
const rows: Row[] = [];
try {
  for (const [name, benchmark] of Object.entries(benchmarks)) {
    if (wanted.length > 0 ? !wanted.includes(name) : impossible.has(name)) continue;
    process.stderr.write(`${name} …\n`);
    rows.push(...(await benchmark()));
  }
} finally {
  printTable(rows);
}
