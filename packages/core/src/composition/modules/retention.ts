import type { DependencyContainer } from 'tsyringe';
import { StatfsDiskSpace } from '../../adapters/filesystem/statfs-disk-space.js';
import { CheckArtifacts } from '../../services/retention/check-artifacts.js';
import { CheckLogs } from '../../services/retention/check-logs.js';
import { CheckStorage } from '../../services/retention/check-storage.js';
import { ReapArtifacts } from '../../services/retention/reap-artifacts.js';
import { ReapCache } from '../../services/retention/reap-cache.js';
import { ReapJobs } from '../../services/retention/reap-jobs.js';
import { ReapLogs } from '../../services/retention/reap-logs.js';
import { Reaper } from '../../services/retention/reaper.js';
import { ReaperSchedule } from '../../services/retention/reaper-schedule.js';
import { UnsettledJobs } from '../../services/retention/unsettled-jobs.js';
import { Tokens } from '../../services/tokens.js';
import type { DataDirectory } from '../data-directory.js';
import type { Lifecycle } from '../lifecycle.js';
import { registerClass } from './register.js';

/** What removes that which was kept for long enough. */
export function registerRetention(container: DependencyContainer, data: DataDirectory): void {
  container.registerInstance(Tokens.DiskSpace, new StatfsDiskSpace(data.root));
  registerClass(container, Tokens.CheckArtifacts, CheckArtifacts);
  registerClass(container, Tokens.CheckLogs, CheckLogs);
  registerClass(container, Tokens.CheckStorage, CheckStorage);
  registerClass(container, Tokens.ReapArtifacts, ReapArtifacts);
  registerClass(container, Tokens.ReapCache, ReapCache);
  registerClass(container, Tokens.ReapJobs, ReapJobs);
  registerClass(container, Tokens.ReapLogs, ReapLogs);
  registerClass(container, Tokens.Reaper, Reaper);
  registerClass(container, Tokens.ReaperSchedule, ReaperSchedule);
  registerClass(container, Tokens.UnsettledJobs, UnsettledJobs);
}

/** Begins to remove. Needs jobs that are taken up, so that it is known which are settled, and a configuration in force. */
export function startReaper(container: DependencyContainer, lifecycle: Lifecycle): void {
  const schedule = container.resolve(Tokens.ReaperSchedule);
  lifecycle.onStop('reaper', () => schedule.stop());
  schedule.start();
}
