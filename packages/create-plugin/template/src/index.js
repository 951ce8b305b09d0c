import { definePlugin } from '@danube/plugin-api';
import { configSchema } from './config.js';
import { createForge } from './forge.js';

export default definePlugin({
  id: '__id__',
  forges: [{ type: '__id__', configSchema, create: createForge }],
});
