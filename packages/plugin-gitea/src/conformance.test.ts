import { runConformance, testForge } from '@danube/plugin-api/testing';
import { describe, test } from 'vitest';
import conformance, { samplesOf } from './conformance.js';
import { gitea } from './forge.js';
import plugin from './index.js';

runConformance(test, plugin, conformance);

describe('as Forgejo', () => testForge(test, gitea, samplesOf('forgejo')));
