/** Names and paths that the pod's manifest, the scripts inside it and the master agree on. */

export const containers = {
  /** Puts the commit into the workspace, then ends. */
  checkout: 'checkout',
  /** The pipeline's image, where steps run. */
  worker: 'worker',
  /** Runs the pipeline file. */
  coordinator: 'coordinator',
} as const;

/** The ephemeral container of a step that has an image of its own. */
export function stepContainer(sequence: number): string {
  return `step-${sequence}`;
}

export const mounts = {
  /** The checkout; every container has it. */
  workspace: '/workspace',
  /** What the supervisor keeps of each process; every container has it. */
  supervisor: '/danube',
  /** In memory: the job's token and the programs of the coordinator. The worker does not have it. */
  private: '/run/danube',
  /** In memory: what opens the repository. Only the checkout has it. */
  credentials: '/run/danube-credentials',
} as const;

export const podPaths = {
  /** Variables that all processes of the job share. */
  environment: `${mounts.supervisor}/env`,
  connection: `${mounts.private}/connection.json`,
  coordinatorProgram: `${mounts.private}/bin/coordinator`,
  followProgram: `${mounts.private}/bin/follow.py`,
  checkoutProgram: `${mounts.credentials}/checkout`,
  /** Its existence says that all that the checkout needs has been delivered. */
  checkoutReady: `${mounts.credentials}/ready`,
} as const;

/** Who owns the volumes: the user of checkout and coordinator, and a group that every container is in. */
export const podUser = 10_001;

export const labels = {
  job: 'danube.dev/job-id',
  pipeline: 'danube.dev/pipeline',
  team: 'danube.dev/team',
  /** Tells the pods of one master from those of another one in the same namespace. */
  instance: 'danube.dev/instance',
  managedBy: 'app.kubernetes.io/managed-by',
} as const;

/** The pod and the network policy of a job have the same name. */
export function objectName(jobId: string): string {
  return `danube-job-${jobId}`;
}
