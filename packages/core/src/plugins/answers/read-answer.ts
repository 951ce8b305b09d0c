import type { JsonSchema } from '@danube/plugin-api';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { AnswerProblem } from '../guard/foreign-errors.js';

// not checked against their own schema: they are ours, and that would hold up the first deliveries after each start
const options = { strict: true, strictRequired: false, discriminator: true, validateSchema: false };
let ajv: Ajv2020 | undefined;

/** Takes an answer that has the schema's form, and refuses any other with the place where it differs. */
export function answerOf<T>(schema: JsonSchema): (answer: unknown) => T {
  let compiled: ValidateFunction | undefined;
  return (answer) => {
    // at the first answer: compiling them all would be a good part of the time that a start takes
    const validate = (compiled ??= (ajv ??= new Ajv2020(options)).compile(schema));
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
