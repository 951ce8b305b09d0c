import test from 'node:test';
import { runConformance } from '@danube/plugin-api/testing';
import conformance from '../src/conformance.js';
import plugin from '../src/index.js';

runConformance(test, plugin, conformance);
