import type { GitCredential } from '@danube/plugin-api';
import { valueForms } from '../../domain/masking/value-forms.js';

/** What git says, without what it was told: a server may repeat in its answer what it was sent. */
export function hideCredential(text: string, credential: GitCredential | undefined): string {
  if (credential?.kind !== 'https') return text;
  const password = credential.password.reveal();
  const sent = [`${credential.username}:${password}`, password].flatMap(valueForms);
  return sent
    .toSorted((one, other) => other.length - one.length)
    .reduce((rest, form) => rest.replaceAll(form, '[redacted]'), text);
}
