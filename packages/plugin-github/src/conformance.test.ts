import { runConformance, testForge } from '@danube/plugin-api/testing';
import { describe, test } from 'vitest';
import conformance, { forgeSamples } from './conformance.js';
import { github } from './forge.js';
import plugin from './index.js';

runConformance(test, plugin, conformance);

describe('with an access token', () => testForge(test, github, forgeSamples({ token_secret: 'access-token' })));
