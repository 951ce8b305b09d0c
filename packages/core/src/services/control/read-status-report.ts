import { controlLimits } from './control-limits.js';
import { reportedStatuses } from './control-plane.js';
import type { ReportedStatus } from './control-plane.js';
import { invalidField, textField } from './message-fields.js';
import type { Message } from './message-fields.js';

export interface StatusReport {
  readonly status: ReportedStatus;
  readonly message: string;
}

/** @throws DanubeError `request_invalid` (invalid) naming the field and what is accepted. */
export function readStatusReport(message: Message): StatusReport {
  const text = textField(message, 'status', controlLimits.nameCharacters);
  const status = reportedStatuses.find((known) => known === text);
  if (status === undefined) throw invalidField('status', `one of ${reportedStatuses.join(', ')}`);
  return { status, message: textField(message, 'error_message', controlLimits.reasonCharacters) };
}
