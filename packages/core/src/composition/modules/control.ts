import type { DependencyContainer } from 'tsyringe';
import { ControlCalls } from '../../services/control/control-calls.js';
import { JobControlPlane } from '../../services/control/job-control-plane.js';
import { Tokens } from '../../services/tokens.js';
import { registerClass } from './register.js';

/** What coordinators talk to, whichever transport they come by. */
export function registerControl(container: DependencyContainer): void {
  registerClass(container, Tokens.JobControlPlane, JobControlPlane);
  container.register(Tokens.ControlPlane, { useToken: Tokens.JobControlPlane });
  registerClass(container, Tokens.ControlCalls, ControlCalls);
}
