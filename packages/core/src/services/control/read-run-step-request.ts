import { checkEnvironment } from '../../domain/job/job-environment.js';
import type { RunStepRequest } from '../jobs/run-step.js';
import { controlLimits } from './control-limits.js';
import { countField, flagField, invalidField, optionalCountField, textField, textMapField } from './message-fields.js';
import type { Message } from './message-fields.js';

const maxSequence = 2 ** 31 - 1;
const controlCharacters = /[\u0000-\u001f\u007f]/;

/**
 * Checks a RunStep request.
 * @throws DanubeError `request_invalid` or `environment_invalid` (invalid) naming the field and what is accepted.
 */
export function readRunStepRequest(message: Message): RunStepRequest {
  const sequence = countField(message, 'sequence', maxSequence);
  if (sequence === 0) throw invalidField('sequence', 'the number of the step within its job, from 1');
  const command = textField(message, 'command', controlLimits.commandBytes);
  if (command.trim() === '') throw invalidField('command', 'a shell command line');
  if (Buffer.byteLength(command) > controlLimits.commandBytes) {
    throw invalidField('command', `at most ${controlLimits.commandBytes} bytes long`);
  }
  const name = textField(message, 'step_name', controlLimits.nameCharacters);
  if (controlCharacters.test(name)) throw invalidField('step_name', 'one line without control characters');
  const timeoutSeconds = optionalCountField(message, 'timeout_seconds');
  if (timeoutSeconds === 0) throw invalidField('timeout_seconds', 'at least 1');
  const image = textField(message, 'image', controlLimits.imageCharacters);
  return {
    sequence,
    name: name === '' ? `step-${sequence}` : name,
    command,
    env: checkEnvironment(textMapField(message, 'env', controlLimits.environmentVariables)),
    timeoutSeconds,
    image: image === '' ? undefined : image,
    follow: flagField(message, 'follow'),
    received: { stdout: countField(message, 'stdout_offset'), stderr: countField(message, 'stderr_offset') },
    captureLimitBytes: countField(message, 'capture_limit_bytes', controlLimits.captureBytes),
  };
}
