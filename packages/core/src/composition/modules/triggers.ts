import { join } from 'node:path';
import type { DependencyContainer } from 'tsyringe';
import { TriggerListParser } from '../../adapters/config-files/trigger-list-parser.js';
import { PythonTriggerExtractor } from '../../adapters/python/python-trigger-extractor.js';
import { Tokens } from '../../services/tokens.js';
import { DecideTrigger } from '../../services/triggers/decide-trigger.js';
import { DescribeTriggers } from '../../services/triggers/describe-triggers.js';
import { ReadPipelineFile } from '../../services/triggers/read-pipeline-file.js';
import { RefreshPipelineFiles } from '../../services/triggers/refresh-pipeline-files.js';
import { RunSchedules } from '../../services/triggers/run-schedules.js';
import { StartScheduledJob } from '../../services/triggers/start-scheduled-job.js';
import { findPython } from '../find-python.js';
import { findSdk } from '../find-sdk.js';
import type { Lifecycle } from '../lifecycle.js';
import { registerClass } from './register.js';

const readingTimeoutMs = 5000;

/** What decides when jobs start. */
export async function registerTriggers(container: DependencyContainer): Promise<void> {
  const extractor = new PythonTriggerExtractor({
    python: await findPython(process.env),
    script: join(findSdk(), 'danube', '_read_triggers.py'),
    timeoutMs: readingTimeoutMs,
  });
  container.registerInstance(Tokens.TriggerExtractor, extractor);
  container.registerInstance(Tokens.TriggerParser, new TriggerListParser());
  registerClass(container, Tokens.ReadPipelineFile, ReadPipelineFile);
  registerClass(container, Tokens.StartScheduledJob, StartScheduledJob);
  registerClass(container, Tokens.RunSchedules, RunSchedules);
  registerClass(container, Tokens.RefreshPipelineFiles, RefreshPipelineFiles);
  registerClass(container, Tokens.DecideTrigger, DecideTrigger);
  registerClass(container, Tokens.DescribeTriggers, DescribeTriggers);
}

/** Begins to run schedules and to follow pipeline files. Needs a queue that is open and a configuration in force. */
export async function startTriggers(container: DependencyContainer, lifecycle: Lifecycle): Promise<void> {
  const schedules = container.resolve(Tokens.RunSchedules);
  const files = container.resolve(Tokens.RefreshPipelineFiles);
  lifecycle.onStop('schedules', () => schedules.stop());
  lifecycle.onStop('pipeline files', () => files.stop());
  await schedules.start();
  files.start();
}
