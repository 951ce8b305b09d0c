import { isDanubeError, type SecretValue, type WebhookDelivery } from '@danube/plugin-api';
import { inject, injectable } from 'tsyringe';
import type { Pipeline } from '../../domain/pipeline/pipeline.js';
import type { ConfiguredForge } from '../ports/extensions.js';
import type { SecretReader } from '../secrets/secret-reader.js';
import { Tokens } from '../tokens.js';
import { callPlugin } from './call-plugin.js';

export interface Verification {
  /** Pipelines whose secret signed the delivery. */
  readonly verified: readonly Pipeline[];
  readonly rejected: readonly { readonly pipeline: Pipeline; readonly reason: string }[];
}

/** Finds out on behalf of which pipelines a delivery was signed: each may have a secret of its own. */
@injectable()
export class VerifyDelivery {
  constructor(@inject(Tokens.SecretReader) private readonly secrets: SecretReader) {}

  async execute(
    forge: ConfiguredForge,
    webhook: WebhookDelivery,
    pipelines: readonly Pipeline[],
  ): Promise<Verification> {
    const checked = new Map<string, boolean>();
    const verified: Pipeline[] = [];
    const rejected: { pipeline: Pipeline; reason: string }[] = [];
    for (const pipeline of pipelines) {
      const reason = await this.#problem(forge, webhook, pipeline, checked);
      if (reason === undefined) verified.push(pipeline);
      else rejected.push({ pipeline, reason });
    }
    return { verified, rejected };
  }

  /** Undefined where the pipeline's secret signed the delivery; `checked` remembers what was found out about each value. */
  async #problem(
    { name: forgeName, webhookSecret, forge }: ConfiguredForge,
    webhook: WebhookDelivery,
    { id, name, spec }: Pipeline,
    checked: Map<string, boolean>,
  ): Promise<string | undefined> {
    const secretName = spec.webhookSecret ?? webhookSecret;
    if (secretName === undefined) {
      return `no secret to verify webhooks with: set webhook_secret in pipeline "${name}" or in the entry "${forgeName}" of forges`;
    }
    const secret = await this.#read(secretName, id);
    if (typeof secret === 'string') return secret;
    const value = secret.reveal();
    if (!checked.has(value)) {
      const answer = callPlugin(() => forge.verifySignature(webhook, secret));
      if (!answer.ok) return `signature could not be checked: ${answer.reason}`;
      checked.set(value, answer.value);
    }
    return checked.get(value) === true ? undefined : `signature did not verify for pipeline ${name}`;
  }

  /** The secret, or why there is none. */
  async #read(secretName: string, pipelineId: string): Promise<SecretValue | string> {
    try {
      const secret = await this.secrets.read(secretName, { kind: 'pipeline', pipelineId });
      return (
        secret ??
        `there is no secret "${secretName}" to verify webhooks with: set it with \`danube secret set ${secretName}\``
      );
    } catch (error) {
      if (isDanubeError(error) && error.code === 'secret_unreadable') return error.message;
      throw error;
    }
  }
}
