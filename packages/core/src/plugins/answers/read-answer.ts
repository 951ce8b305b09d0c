import type { JsonSchema } from '@danube/plugin-api';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { AnswerProblem } from '../guard/foreign-errors.js';

const ajv = new Ajv2020({ strict: true, strictRequired: false, discriminator: true });

/** Takes an answer that has the schema's form, and refuses any other with the place where it differs. */
export function answerOf<T>(schema: JsonSchema): (answer: unknown) => T {
  const validate = ajv.compile(schema);
  return (answer) => {
    if (validate(answer)) return answer as T;
    const { instancePath = '', message = 'is wrong' } = validate.errors?.[0] ?? {};
    throw new AnswerProblem(
      `${instancePath === '' ? 'the answer' : instancePath.slice(1).replaceAll('/', '.')} ${message}`,
    );
  };
}

export const readBoolean = answerOf<boolean>({ type: 'boolean' });

/** For calls whose answer nobody looks at. */
export function readNothing(): void {}
