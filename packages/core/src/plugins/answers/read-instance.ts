import type { ExtensionPoint, InstanceOf, PluginInstance } from '@danube/plugin-api';
import { AnswerProblem } from '../guard/foreign-errors.js';

type Members = { readonly [Point in ExtensionPoint]: readonly (string & keyof InstanceOf[Point])[] };

/** The functions that an instance of each extension point must have. */
const required: Members = {
  forges: ['servesRepository', 'deliveryId', 'identifyRepository', 'verifySignature', 'parseEvent'],
  gitAuthMethods: ['issueCredential'],
  notifiers: ['notify'],
  builders: ['handles', 'plan'],
  storages: [],
};
const optional: readonly (keyof PluginInstance)[] = ['start', 'checkHealth', 'stop'];

/** What `create` answered, where it has the members that its extension point asks for. */
export function readInstance(point: ExtensionPoint, answer: unknown): PluginInstance {
  if (typeof answer !== 'object' || answer === null) {
    throw new AnswerProblem(`create must answer an instance, not ${answer === null ? 'null' : typeof answer}`);
  }
  const members = answer as Readonly<Record<string, unknown>>;
  const isFunction = (name: string) => typeof members[name] === 'function';
  const missing = required[point].filter((name) => !isFunction(name));
  if (missing.length > 0) throw new AnswerProblem(`the instance has no function ${missing.join(', ')}`);
  const wrong = optional.find((name) => members[name] !== undefined && !isFunction(name));
  if (wrong !== undefined) throw new AnswerProblem(`${wrong} of the instance is no function`);
  return answer;
}
