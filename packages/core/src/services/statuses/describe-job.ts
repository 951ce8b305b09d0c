import type { Job } from '../../domain/job/job.js';
import { hideCredentials } from '../../domain/repository/hide-credentials.js';
import { formatDuration } from '../../domain/time/format-duration.js';

const longest = 140;

/** How a job stands, in one line that a forge shows to everybody who may see the commit. */
export function describeJob(job: Job): string {
  return shorten(oneLine(`#${job.number} ${hideCredentials(words(job))}`));
}

function words({ status, reason, startedAt, finishedAt }: Job): string {
  const because = reason === undefined ? '' : `: ${reason}`;
  switch (status) {
    case 'pending':
    case 'scheduling':
      return 'is waiting';
    case 'running':
      return 'is running';
    case 'success':
      return `succeeded in ${formatDuration((finishedAt ?? 0) - (startedAt ?? finishedAt ?? 0))}`;
    case 'failure':
      return `failed${because}`;
    case 'timeout':
      return `took too long${because}`;
    case 'cancelled':
      return `was cancelled${because}`;
  }
}

function oneLine(text: string): string {
  return text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
}

/** Not in the middle of a character. */
function shorten(text: string): string {
  if (text.length <= longest) return text;
  let shortened = '';
  for (const character of text) {
    if (shortened.length + character.length >= longest) break;
    shortened += character;
  }
  return `${shortened}…`;
}
