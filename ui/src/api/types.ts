import type { components } from './schema.ts';

type Schemas = components['schemas'];

export type Job = Schemas['Job'];
export type JobDetail = Schemas['JobDetail'];
export type RecentJob = Schemas['RecentJob'];
export type JobStatus = Job['status'];
export type Step = Schemas['Step'];
export type Artifact = JobDetail['artifacts'][number];
export type Pipeline = Schemas['Pipeline'];
export type PipelineDetail = Schemas['PipelineDetail'];
export type Trigger = NonNullable<PipelineDetail['triggers']>[number];
export type Delivery = Schemas['Delivery'];
export type DeliveryDetail = Schemas['DeliveryDetail'];
export type Verdict = DeliveryDetail['verdicts'][number];
export type Plugin = Schemas['Plugin'];
export type Readiness = Schemas['Readiness'];
export type ConfigStatus = Schemas['ConfigStatus'];
export type ConfigProblem = Schemas['ConfigProblem'];
