import type { ConfigDocument, ReadDocuments } from '../config/config-document.js';
import { formatConfigPath } from '../config/config-path.js';
import type { ConfigProblem } from '../config/configuration.js';
import { defaultSettings } from '../config/default-settings.js';
import type { KubernetesSettings } from './kubernetes-settings.js';
import { refuseKubernetesSettings, refusePodRequest } from './refuse-pod-request.js';
import type { Refusal } from './refusal.js';

function refusals(document: ConfigDocument, settings: KubernetesSettings): readonly Refusal[] {
  if (document.kind === 'Config') return refuseKubernetesSettings(document.value.kubernetes);
  if (document.kind !== 'Pipeline' || document.value.spec.kubernetes === undefined) return [];
  return refusePodRequest(document.value.spec.kubernetes, settings);
}

/** Pipelines that ask more of their pods than the settings allow. Nobody knows what settings with problems of their own allow. */
export function findRefusedRequests({ documents, invalid }: ReadDocuments): readonly ConfigProblem[] {
  if (invalid.some(({ kind }) => kind === 'Config')) return [];
  const config = documents.find((document) => document.kind === 'Config');
  const { kubernetes } = config?.value ?? defaultSettings;
  return documents.flatMap((document) =>
    refusals(document, kubernetes).map(({ path, message, suggestion }) => {
      const full = [...document.specPath, 'kubernetes', ...path];
      return { file: document.file, ...document.locate(full), path: formatConfigPath(full), message, suggestion };
    }),
  );
}
