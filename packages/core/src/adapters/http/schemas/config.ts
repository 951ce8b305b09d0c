import { Type } from 'typebox';
import { oneOf, optional, time } from './field-types.js';
import { PluginFailureSchema } from './plugin.js';

export const ConfigProblemSchema = Type.Object({
  file: Type.String(),
  line: Type.Integer({ description: 'Counted from 1, like the column.' }),
  column: Type.Integer(),
  path: Type.String({ description: 'Where in the document, for example `spec.triggers[0].branches`.' }),
  message: Type.String(),
  suggestion: optional(Type.String()),
});

export const ConfigSyncOutcomeSchema = Type.Object({
  status: oneOf(['applied', 'unchanged', 'failed']),
  commit: optional(Type.String({ description: 'Absent where the repository could not be read.' })),
  problems: Type.Array(ConfigProblemSchema),
  changes: Type.Array(Type.String({ description: 'One line, for example `+ pipeline web`.' })),
  plugin_failures: Type.Array(PluginFailureSchema, {
    description: 'Plugins of the configuration that is in force now which are left out, or work in part.',
  }),
});

export const ConfigStatusSchema = Type.Object({
  repository: optional(
    Type.Object(
      { url: Type.String({ description: 'Without credentials.' }), branch: Type.String() },
      { description: 'Absent where none is set.' },
    ),
  ),
  current: optional(Type.Object({ commit: Type.String(), applied_at: time('When it came into force.') })),
  syncs: Type.Array(
    Type.Object({
      id: Type.Integer(),
      commit: optional(Type.String()),
      status: oneOf(['applied', 'failed']),
      started_at: time('When the attempt began.'),
      finished_at: time('When the attempt ended.'),
      problems: Type.Array(ConfigProblemSchema),
    }),
  ),
});
