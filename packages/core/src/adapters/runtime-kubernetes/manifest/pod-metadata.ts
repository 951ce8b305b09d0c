import type { V1ObjectMeta } from '@kubernetes/client-node';
import type { JobSpec } from '../../../services/ports/job-runtime.js';
import { labels, objectName } from '../pod-layout.js';
import { labelValue } from './label-value.js';

/** Which master a pod belongs to, and where it is put. */
export interface PodHome {
  readonly namespace: string;
  readonly instanceId: string;
}

type Identity = Pick<JobSpec, 'jobId' | 'pipelineName' | 'team'>;

/** Name and labels, the same for the pod and for the network policy of a job. */
export function jobMetadata(job: Identity, { namespace, instanceId }: PodHome) {
  return {
    name: objectName(job.jobId),
    namespace,
    labels: {
      [labels.job]: labelValue(job.jobId),
      [labels.pipeline]: labelValue(job.pipelineName),
      [labels.team]: labelValue(job.team),
      [labels.instance]: labelValue(instanceId),
      [labels.managedBy]: 'danube',
    },
  };
}

/** The full values for people, and to autoscalers the request not to move what cannot be moved. */
function annotations({ pipelineName, team, source, trigger }: JobSpec): Readonly<Record<string, string>> {
  return {
    'danube.dev/pipeline': pipelineName,
    'danube.dev/team': team,
    'danube.dev/repository': source.repositoryUrl,
    'danube.dev/ref': source.ref,
    'danube.dev/commit': source.commit,
    'danube.dev/trigger': `${trigger.type}: ${trigger.ref}`,
    'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false',
    'karpenter.sh/do-not-disrupt': 'true',
  };
}

export function podMetadata(job: JobSpec, home: PodHome): V1ObjectMeta {
  return { ...jobMetadata(job, home), annotations: annotations(job) };
}
