import { extensionPoints } from '@danube/plugin-api';
import { Type } from 'typebox';
import { oneOf, optional } from './field-types.js';

export const PluginSchema = Type.Object({
  package: Type.String({ description: 'Name of the package, or `built-in` and the id.' }),
  id: optional(Type.String({ description: 'Absent where its manifest could not be read.' })),
  version: optional(Type.String()),
  origin: optional(oneOf(['built_in', 'data_directory', 'bundled'], 'Where it was found.')),
  optional: Type.Boolean({ description: 'The server starts without it when it fails.' }),
  status: oneOf(
    ['loaded', 'degraded', 'quarantined'],
    '`degraded`: an entry of it is left out or lacks a secret, or its code crashed. `quarantined`: nothing of it is used.',
  ),
  reason: optional(Type.String({ description: 'Why it is not simply loaded.' })),
  contributes: Type.Array(Type.Object({ point: oneOf(extensionPoints), type: Type.String() })),
});

export const PluginFailureSchema = Type.Object({
  package: Type.String(),
  status: oneOf(['degraded', 'quarantined']),
  reason: Type.String({ description: 'Why it is not simply loaded, and which entries are left out.' }),
});

export const PluginListSchema = Type.Object({
  api_version: Type.String({ description: 'Version of `@danube/plugin-api` that this server fulfils.' }),
  items: Type.Array(PluginSchema),
});
