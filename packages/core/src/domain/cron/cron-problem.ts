import { Cron } from 'croner';

const fields = [
  { name: 'minute', range: '0 to 59', names: '' },
  { name: 'hour', range: '0 to 23', names: '' },
  { name: 'day of month', range: '1 to 31', names: '' },
  { name: 'month', range: '1 to 12, or JAN to DEC', names: '|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec' },
  { name: 'day of week', range: '0 to 7, or SUN to SAT', names: '|sun|mon|tue|wed|thu|fri|sat' },
] as const;

const maxLength = 500;
// any moment serves to ask whether a next run exists at all
const someDay = new Date('2000-01-01T00:00:00Z');

/** Why this is no schedule that Danube runs, in words; undefined where it is one. */
export function cronProblem(expression: string): string | undefined {
  const parts = expression.trim().split(/\s+/);
  if (parts.length !== fields.length || expression.length > maxLength) {
    return `a schedule has five fields: ${fields.map(({ name }) => name).join(', ')}`;
  }
  for (const [index, { name, range, names }] of fields.entries()) {
    const part = parts[index]!;
    const value = `(\\d{1,2}${names})`;
    const item = `(\\*(/\\d{1,2})?|${value}(-${value}(/\\d{1,2})?)?)`;
    const isWritten = new RegExp(`^${item}(,${item})*$`, 'i').test(part);
    if (!isWritten || read(fields.map((_field, other) => (other === index ? part : '*')).join(' ')) === undefined) {
      return `the ${name} "${part}" is not accepted: *, ${range}, a range such as 1-5, a step such as */5 or 10-30/5, or a list of them`;
    }
  }
  return read(parts.join(' '))?.nextRun(someDay) === null ? 'that time never comes' : undefined;
}

function read(expression: string): Cron | undefined {
  try {
    return new Cron(expression, { timezone: 'UTC', mode: '5-part', paused: true });
  } catch {
    return undefined;
  }
}
