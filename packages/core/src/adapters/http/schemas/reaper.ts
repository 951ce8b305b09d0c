import { Type } from 'typebox';
import { reapedKinds } from '../../../domain/retention/reaper-report.js';
import { maxListedProblems, storageProblemKinds } from '../../../domain/retention/storage-problem.js';
import { oneOf, optional, time } from './field-types.js';

export const ReaperReportSchema = Type.Object({
  dry_run: Type.Boolean({ description: 'True: nothing was removed, this is what a run would remove.' }),
  bytes: Type.Integer({ description: 'Of all kinds together.' }),
  parts: Type.Array(
    Type.Object({
      kind: oneOf(reapedKinds),
      count: Type.Integer({ description: 'How many.' }),
      bytes: Type.Integer({ description: 'Freed on the disk; 0 for jobs, which are rows.' }),
      oldest: optional(time('When the oldest of them ended or was last used.')),
      failure: optional(Type.String({ description: 'Why not all that was due could be removed.' })),
    }),
  ),
});

export const StorageCheckSchema = Type.Object({
  found: Type.Integer({ description: 'How many places there are where files and rows disagree.' }),
  repaired: Type.Integer({ description: 'How many of them agree now.' }),
  problems: Type.Array(
    Type.Object({
      kind: oneOf(storageProblemKinds),
      subject: Type.String({ description: 'What it is about.' }),
      repaired: Type.Boolean(),
    }),
    { description: `The first ${maxListedProblems} of them.` },
  ),
});
