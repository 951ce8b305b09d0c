import { runConformance } from '@danube/plugin-api/testing';
import { test } from 'vitest';
import conformance from './conformance.js';
import plugin from './index.js';

runConformance(test, plugin, conformance);
