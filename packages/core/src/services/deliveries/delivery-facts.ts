import type { SecretValue } from '@danube/plugin-api';
import type { Pipeline } from '../../domain/pipeline/pipeline.js';
import { repositoryKey } from '../../domain/repository/repository-key.js';
import type { PipelineRepository } from '../ports/pipeline-repository.js';
import type { SecretReader } from '../secrets/secret-reader.js';

/** What is looked up for deliveries that are read together. The same question is asked once, for all of them. */
export class DeliveryFacts {
  readonly #pipelines = new Map<string, Promise<readonly Pipeline[]>>();
  readonly #secrets = new Map<string, Promise<SecretValue | undefined>>();

  constructor(
    private readonly pipelines: Pick<PipelineRepository, 'listByRepository'>,
    private readonly secrets: SecretReader,
  ) {}

  pipelinesOf(urls: readonly string[]): Promise<readonly Pipeline[]> {
    const key = urls.map(repositoryKey).join('\n');
    return once(this.#pipelines, key, () => this.pipelines.listByRepository(urls));
  }

  secretFor(pipelineId: string, name: string): Promise<SecretValue | undefined> {
    return once(this.#secrets, `${pipelineId}\n${name}`, () =>
      this.secrets.read(name, { kind: 'pipeline', pipelineId }),
    );
  }
}

/** An answer is kept, a failure is not. */
async function once<T>(answers: Map<string, Promise<T>>, key: string, ask: () => Promise<T>): Promise<T> {
  const answer = answers.get(key) ?? ask();
  answers.set(key, answer);
  try {
    return await answer;
  } catch (error) {
    answers.delete(key);
    throw error;
  }
}
