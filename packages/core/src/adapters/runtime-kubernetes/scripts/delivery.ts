import { mounts, podPaths } from '../pod-layout.js';
import { type PodProcess, placeProcess } from './pod-process.js';
import { lines, putFile } from './shell.js';

/** What a job's pod needs before it can begin. */
export interface Delivery {
  /** Content of the connection file, with the job's token. */
  readonly connection: string;
  readonly coordinatorProgram: string;
  readonly followProgram: string;
  /** Variables of all processes of the job. */
  readonly environment: string;
  readonly coordinator: PodProcess;
  readonly checkoutProgram: string;
  /** What the checkout reads, by name. */
  readonly checkoutFiles: Readonly<Record<string, string>>;
}

/** Puts the job's token where only the coordinator has it. */
export function connectionScript(connection: string): string {
  return lines('umask 077', putFile(podPaths.connection, connection));
}

/** Puts everything in place in the checkout's container, and then says so. Running it again replaces what is there. */
export function deliveryScript(delivery: Delivery): string {
  const { coordinator } = delivery;
  return lines(
    'umask 077',
    `mkdir -p ${mounts.private}/bin || exit`,
    ...Object.entries(delivery.checkoutFiles).map(([name, content]) =>
      putFile(`${mounts.credentials}/${name}`, content),
    ),
    putFile(podPaths.checkoutProgram, delivery.checkoutProgram),
    putFile(podPaths.connection, delivery.connection),
    putFile(podPaths.coordinatorProgram, delivery.coordinatorProgram),
    putFile(podPaths.followProgram, delivery.followProgram),
    // from here on also for the worker, whose user is another one of the same group
    'umask 002',
    putFile(podPaths.environment, delivery.environment),
    ...placeProcess(coordinator),
    putFile(podPaths.checkoutReady, ''),
  );
}
