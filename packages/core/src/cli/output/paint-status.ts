import type { Terminal } from './terminal.js';

/** A job's or step's status in the colour that it has everywhere. */
export function paintStatus(colors: Terminal['colors'], status: string): string {
  switch (status) {
    case 'success':
      return colors.green(status);
    case 'failure':
    case 'timeout':
      return colors.red(status);
    case 'cancelled':
      return colors.yellow(status);
    case 'running':
      return colors.cyan(status);
    default:
      return colors.dim(status);
  }
}
