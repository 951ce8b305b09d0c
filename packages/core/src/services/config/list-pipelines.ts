import type { Pipeline } from '../../domain/pipeline/pipeline.js';
import type { PipelineRepository } from '../ports/pipeline-repository.js';

const pageSize = 1000;

/** Every pipeline of the active configuration. */
export async function listPipelines(pipelines: Pick<PipelineRepository, 'list'>): Promise<readonly Pipeline[]> {
  const all: Pipeline[] = [];
  let cursor: string | undefined;
  do {
    const page = await pipelines.list({}, { limit: pageSize, ...(cursor === undefined ? {} : { cursor }) });
    all.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return all;
}
