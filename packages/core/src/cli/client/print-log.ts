import type { Terminal } from '../output/terminal.js';
import type { ApiClient } from './api-client.js';
import { followLog } from './follow-log.js';

/** Prints the job's log as it grows, until it is complete; remarks about the connection go to stderr. */
export async function printLiveLog(terminal: Terminal, client: ApiClient, jobId: string): Promise<void> {
  for await (const event of followLog(client, jobId)) {
    switch (event.kind) {
      case 'text':
        terminal.out.write(event.text);
        break;
      case 'skipped':
        remark(terminal, `${event.bytes} bytes were skipped because they were read too slowly; "jobs logs" has all`);
        break;
      case 'reconnecting':
        remark(terminal, 'the connection was lost and taken up again');
        break;
    }
  }
}

function remark(terminal: Terminal, text: string): void {
  terminal.err.write(`${terminal.errColors.dim(`danube: ${text}`)}\n`);
}
