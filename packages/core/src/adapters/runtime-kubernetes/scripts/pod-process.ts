import { quoteForShell } from '../../step-supervisor/render-files.js';
import { processFiles, processFolder } from '../../step-supervisor/process-folder.js';
import { supervisorName, supervisorScript } from '../../step-supervisor/supervisor-script.js';
import { mounts } from '../pod-layout.js';
import { putFile } from './shell.js';

/** A process of the job's pod, with the files that its supervisor reads. */
export interface PodProcess {
  readonly jobId: string;
  readonly sequence: number;
  readonly env: string;
  readonly command: string;
}

export function podProcessFolder(sequence: number): string {
  return processFolder(mounts.supervisor, sequence);
}

/** The lines that put a process's folder in place. */
export function placeProcess({ sequence, env, command }: PodProcess): readonly string[] {
  const folder = podProcessFolder(sequence);
  return [
    `mkdir -p ${folder} || exit`,
    putFile(`${folder}/${processFiles.env}`, env),
    putFile(`${folder}/${processFiles.command}`, command),
  ];
}

/**
 * The lines that supervise a process in the container that runs them; `now` is a shell word for the milliseconds since the
 * epoch. By the exported marks all that it starts is found again.
 */
export function superviseProcess({ jobId, sequence }: Pick<PodProcess, 'jobId' | 'sequence'>, now: string) {
  const supervisor = `/bin/sh -c ${quoteForShell(supervisorScript)} ${supervisorName}`;
  return {
    marks: `export DANUBE_JOB_ID=${quoteForShell(jobId)} DANUBE_SEQUENCE=${sequence}`,
    command: `${supervisor} ${podProcessFolder(sequence)} ${mounts.workspace} ${now}`,
  };
}
