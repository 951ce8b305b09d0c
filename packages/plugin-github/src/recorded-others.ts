import issueComment from './fixtures/issue-comment.json' with { type: 'json' };
import pingOrganization from './fixtures/ping-organization.json' with { type: 'json' };
import ping from './fixtures/ping.json' with { type: 'json' };
import type { RecordedEvent } from './recorded-event.js';

const tested = /^GitHub tested webhook 109948940: it arrives here$/;

/** What was sent for anything else. */
export const recordedOthers: readonly RecordedEvent[] = [
  { event: 'ping', name: 'ping', body: JSON.stringify(ping), expected: { kind: 'ignored', reason: tested } },
  {
    event: 'ping',
    name: 'ping of an organisation',
    body: JSON.stringify(pingOrganization),
    expected: { kind: 'ignored', reason: tested },
  },
  {
    event: 'issue_comment',
    name: 'comment',
    body: JSON.stringify(issueComment),
    expected: { kind: 'ignored', reason: /^GitHub event "issue_comment" starts no jobs$/ },
  },
];
