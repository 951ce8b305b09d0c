import { isDanubeError, type SecretValue, type WebhookDelivery } from '@danube/plugin-api';
import type { Pipeline } from '../../domain/pipeline/pipeline.js';
import type { ConfiguredForge } from '../ports/extensions.js';
import { callPlugin } from './call-plugin.js';
import type { DeliveryFacts } from './delivery-facts.js';

export interface Verification {
  /** Pipelines whose secret signed the delivery. */
  readonly verified: readonly Pipeline[];
  readonly rejected: readonly { readonly pipeline: Pipeline; readonly reason: string }[];
  /** Why there was no secret to verify with, each reason once. */
  readonly lacking: readonly string[];
}

/** Finds out on behalf of which pipelines a delivery was signed: each may have a secret of its own. */
export async function verifyDelivery(
  forge: ConfiguredForge,
  webhook: WebhookDelivery,
  pipelines: readonly Pipeline[],
  facts: DeliveryFacts,
): Promise<Verification> {
  const checks = new SignatureChecks(forge, webhook);
  const verified: Pipeline[] = [];
  const rejected: { pipeline: Pipeline; reason: string }[] = [];
  const lacking = new Set<string>();
  for (const pipeline of pipelines) {
    const secret = await secretOf(pipeline, forge, facts);
    if (typeof secret === 'string') lacking.add(secret);
    const reason = typeof secret === 'string' ? secret : checks.problem(pipeline, secret);
    if (reason === undefined) verified.push(pipeline);
    else rejected.push({ pipeline, reason });
  }
  return { verified, rejected, lacking: [...lacking] };
}

/** The secret, or why there is none. */
async function secretOf(
  { id, name, spec }: Pipeline,
  forge: ConfiguredForge,
  facts: DeliveryFacts,
): Promise<SecretValue | string> {
  const wanted = spec.webhookSecret ?? forge.webhookSecret;
  if (wanted === undefined) {
    return `no secret to verify webhooks with: set webhook_secret in pipeline "${name}" or in the entry "${forge.name}" of forges`;
  }
  try {
    const secret = await facts.secretFor(id, wanted);
    return (
      secret ?? `there is no secret "${wanted}" to verify webhooks with: set it with \`danube secret set ${wanted}\``
    );
  } catch (error) {
    if (isDanubeError(error) && error.code === 'secret_unreadable') return error.message;
    throw error;
  }
}

/** Asks the forge once about each value, however many pipelines have it. */
class SignatureChecks {
  readonly #answers = new Map<string, ReturnType<typeof callPlugin<boolean>>>();

  constructor(
    private readonly forge: ConfiguredForge,
    private readonly webhook: WebhookDelivery,
  ) {}

  /** Undefined where the delivery was signed with this secret. */
  problem({ name }: Pipeline, secret: SecretValue): string | undefined {
    const value = secret.reveal();
    const { forge } = this.forge;
    const answer = this.#answers.get(value) ?? callPlugin(() => forge.verifySignature(this.webhook, secret));
    this.#answers.set(value, answer);
    if (!answer.ok) return `signature could not be checked: ${answer.reason}`;
    return answer.value ? undefined : `signature did not verify for pipeline ${name}`;
  }
}
