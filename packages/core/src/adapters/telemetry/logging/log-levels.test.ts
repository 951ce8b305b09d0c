import { expect, test } from 'vitest';
import { parseLogLevels } from './log-levels.js';

test.each([
  ['', 'danube.jobs', 'info'],
  ['warn', 'danube.jobs', 'warn'],
  ['info,danube.jobs=debug', 'danube.jobs', 'debug'],
  ['info,danube.jobs=debug', 'danube.jobs.queue', 'debug'],
  ['info,danube.jobs=debug', 'danube.jobsx', 'info'],
  ['danube=error , danube.jobs.queue=debug,warn', 'danube.jobs', 'error'],
  ['danube=error,danube.jobs.queue=debug,warn', 'danube.jobs.queue', 'debug'],
  ['danube=error,warn', 'other', 'warn'],
  ['off', 'danube', 'off'],
])('with %j, %s logs at %s', (specification, target, expected) => {
  expect(parseLogLevels(specification).of(target)).toBe(expected);
});

test.each(['debgu', 'INFO', 'danube.jobs=loud', '=debug', 'danube.jobs=', 'a=b=c', 'danube..jobs=info', 'info;warn'])(
  '%j is refused with what is accepted',
  (specification) => {
    expect(() => parseLogLevels(specification)).toThrow(/accepted: a level \(debug, info, warn, error, off\)/);
    expect(() => parseLogLevels(specification)).toThrow(specification);
  },
);
