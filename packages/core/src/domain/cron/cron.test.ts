import { expect, test } from 'vitest';
import { cronProblem } from './cron-problem.js';
import { parseCron } from './cron-schedule.js';

const at = (text: string) => Date.parse(`${text}Z`);
const shown = (times: readonly number[]) => times.map((time) => new Date(time).toISOString().slice(0, 16));

test.each([
  ['0 3 * * 1-5', ['2026-11-23T03:00', '2026-11-24T03:00', '2026-11-25T03:00']],
  ['*/20 10 * * *', ['2026-11-20T10:20', '2026-11-20T10:40', '2026-11-21T10:00']],
  ['0-30/15 8,20 * * *', ['2026-11-20T20:00', '2026-11-20T20:15', '2026-11-20T20:30']],
  ['0 0 29 2 *', ['2028-02-29T00:00', '2032-02-29T00:00', '2036-02-29T00:00']],
  ['0 0 31 * *', ['2026-12-31T00:00', '2027-01-31T00:00', '2027-03-31T00:00']],
  ['0 0 1 JAN *', ['2027-01-01T00:00', '2028-01-01T00:00', '2029-01-01T00:00']],
  ['0 0 * * Sun', ['2026-11-22T00:00', '2026-11-29T00:00', '2026-12-06T00:00']],
  ['0 0 * * 0', ['2026-11-22T00:00', '2026-11-29T00:00', '2026-12-06T00:00']],
  ['0 0 * * 7', ['2026-11-22T00:00', '2026-11-29T00:00', '2026-12-06T00:00']],
  // either of the two days, as cron has it
  ['0 0 25 * mon', ['2026-11-23T00:00', '2026-11-25T00:00', '2026-11-30T00:00']],
])('%s is due at', (expression, expected) => {
  expect(cronProblem(expression)).toBeUndefined();
  expect(shown(parseCron(expression).upcoming(3, at('2026-11-20T10:00:00')))).toEqual(expected);
});

test.each([
  ['0 3 * *', 'a schedule has five fields: minute, hour, day of month, month, day of week'],
  ['0 0 3 * * *', 'a schedule has five fields'],
  ['@daily', 'a schedule has five fields'],
  ['', 'a schedule has five fields'],
  ['60 * * * *', 'the minute "60" is not accepted: *, 0 to 59, a range'],
  ['* 24 * * *', 'the hour "24" is not accepted'],
  ['* * 0 * *', 'the day of month "0" is not accepted'],
  ['* * * 13 *', 'the month "13" is not accepted: *, 1 to 12, or JAN to DEC'],
  ['* * * * 8', 'the day of week "8" is not accepted'],
  ['30-10 * * * *', 'the minute "30-10" is not accepted'],
  ['*/0 * * * *', 'the minute "*/0" is not accepted'],
  ['0/15 * * * *', 'the minute "0/15" is not accepted'],
  ['-1 * * * *', 'the minute "-1" is not accepted'],
  ['1,,2 * * * *', 'the minute "1,,2" is not accepted'],
  ['jan * * * *', 'the minute "jan" is not accepted'],
  ['0 0 L * *', 'the day of month "L" is not accepted'],
  ['0 0 15W * *', 'the day of month "15W" is not accepted'],
  ['0 0 ? * *', 'the day of month "?" is not accepted'],
  ['0 0 * mon *', 'the month "mon" is not accepted'],
  ['0 0 * * 5#2', 'the day of week "5#2" is not accepted'],
  ['0 0 13 * +5', 'the day of week "+5" is not accepted'],
  ['0 0 31 2 *', 'that time never comes'],
  ['0 0 31 4,6,9,11 *', 'that time never comes'],
  [`${'1,'.repeat(300)}1 * * * *`, 'a schedule has five fields'],
])('"%s" is refused: %s', (expression, problem) => {
  expect(cronProblem(expression)).toContain(problem);
});

test('a due minute belongs to the past from its beginning on', () => {
  const noon = at('2026-01-01T12:00:00');
  const daily = parseCron('0 12 * * *');
  expect(daily.last(noon)).toBe(noon);
  expect(daily.last(noon - 1)).toBe(at('2025-12-31T12:00:00'));
  expect(daily.next(noon - 1)).toBe(noon);
  expect(daily.next(noon)).toBe(at('2026-01-02T12:00:00'));
});

test('the hours at which clocks change elsewhere are ordinary ones', () => {
  const times = parseCron('30 * * * *').upcoming(4, at('2026-03-29T00:00:00'));
  expect(shown(times)).toEqual(['2026-03-29T00:30', '2026-03-29T01:30', '2026-03-29T02:30', '2026-03-29T03:30']);
});
