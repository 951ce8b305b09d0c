import type { DependencyContainer } from 'tsyringe';
import { ReportCommitStatuses } from '../../services/statuses/report-commit-statuses.js';
import { SendCommitStatus } from '../../services/statuses/send-commit-status.js';
import { Tokens } from '../../services/tokens.js';
import type { Lifecycle } from '../lifecycle.js';
import { registerClass } from './register.js';

/** Tells forges how jobs stand. Call it when the plugins are loaded: a forge that is not there is given up. */
export function startCommitStatuses(
  container: DependencyContainer,
  lifecycle: Lifecycle,
  publicUrl: string | undefined,
): void {
  container.registerInstance(Tokens.CommitStatusSettings, { publicUrl });
  registerClass(container, Tokens.SendCommitStatus, SendCommitStatus);
  registerClass(container, Tokens.ReportCommitStatuses, ReportCommitStatuses);
  const reports = container.resolve(Tokens.ReportCommitStatuses);
  lifecycle.onStop('commit statuses', () => reports.stop());
  reports.start();
}
