import { maxSealedCharacters } from '../../../domain/secret/sealed-text-problem.js';
import { explained, name, object } from './common.js';

export interface SecretSpec {
  readonly team?: string;
  readonly pipeline?: string;
  readonly sealed: string;
}

export const secretSpecSchema = {
  ...object(
    {
      team: name('Team whose pipelines see the secret. Default: none.'),
      pipeline: name(
        'Pipeline that sees the secret; instead of `team`. Default: none, and without both everybody does.',
      ),
      sealed: {
        ...explained(
          'danube-sealed',
          'The value as `danube secret seal` prints it for this name and owner: an age file in text form of at most ' +
            `${maxSealedCharacters} characters. The value itself is refused.`,
        ),
        // whatever stands here by mistake may be a secret
        writeOnly: true,
      },
    },
    ['sealed'],
    'A secret, sealed for this instance.',
  ),
  not: { required: ['team', 'pipeline'] },
};
