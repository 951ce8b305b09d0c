import type { Forge } from '../../forge.js';
import type { Check } from '../kit/subject.js';
import type { ForgeSamples, ForgeSetting } from './forge-samples.js';

export type ForgeCheck = Check<Forge, ForgeSetting, ForgeSamples>;
