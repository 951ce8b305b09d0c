import { ErrorSchema, IdentitySchema } from '../schemas/common.js';
import { ConfigProblemSchema, ConfigStatusSchema, ConfigSyncOutcomeSchema } from '../schemas/config.js';
import { DeliveryDetailSchema, DeliverySchema, ReplaySchema, StoredDeliverySchema } from '../schemas/delivery.js';
import { HealthSchema, ReadinessSchema } from '../schemas/health.js';
import { JobDetailSchema, JobSchema, RecentJobSchema, StepSchema } from '../schemas/job.js';
import { PluginListSchema, PluginSchema } from '../schemas/plugin.js';
import { EnvelopeSchema } from '../schemas/provenance.js';
import { SecretListSchema, SecretSchema, SecretValueSchema } from '../schemas/secret.js';
import { PipelineDetailSchema, PipelineSchema, TriggerRequestSchema } from '../schemas/pipeline.js';

/** Schemas that have a name of their own in the OpenAPI document. */
export const namedSchemas: Readonly<Record<string, object>> = {
  ConfigProblem: ConfigProblemSchema,
  ConfigStatus: ConfigStatusSchema,
  ConfigSyncOutcome: ConfigSyncOutcomeSchema,
  Delivery: DeliverySchema,
  DeliveryDetail: DeliveryDetailSchema,
  Envelope: EnvelopeSchema,
  Error: ErrorSchema,
  Health: HealthSchema,
  Identity: IdentitySchema,
  Job: JobSchema,
  JobDetail: JobDetailSchema,
  Pipeline: PipelineSchema,
  PipelineDetail: PipelineDetailSchema,
  Plugin: PluginSchema,
  PluginList: PluginListSchema,
  Readiness: ReadinessSchema,
  RecentJob: RecentJobSchema,
  Replay: ReplaySchema,
  Secret: SecretSchema,
  SecretList: SecretListSchema,
  SecretValue: SecretValueSchema,
  Step: StepSchema,
  StoredDelivery: StoredDeliverySchema,
  TriggerRequest: TriggerRequestSchema,
};

const names = new Map(Object.entries(namedSchemas).map(([name, schema]) => [JSON.stringify(schema), name]));

/** A plain copy in which every schema that has a name is referred to by it, but for the one called `own`. */
export function withReferences(schema: unknown, own?: string): unknown {
  if (typeof schema !== 'object' || schema === null) return schema;
  if (Array.isArray(schema)) return schema.map((item) => withReferences(item, own));
  const name = names.get(JSON.stringify(schema));
  if (name !== undefined && name !== own) return { $ref: `#/components/schemas/${name}` };
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, withReferences(value, own)]));
}
