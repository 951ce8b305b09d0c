import { describe, expect, it } from 'vitest';
import { StepSections } from './step-sections.ts';

function sections(...added: [name: string, first: number, last: number][]): StepSections {
  const steps = new StepSections();
  for (const [name, firstLine, lastLine] of added) steps.add({ name, firstLine, lastLine });
  return steps;
}

function shown(steps: StepSections): string {
  return steps.all.map(({ name, firstLine, lastLine }) => `${name}${firstLine}-${lastLine}`).join(' ');
}

describe('sections of steps', () => {
  it.each<[string, [string, number, number][], string, number]>([
    ['none', [], '', 1],
    [
      'one after the other',
      [
        ['a', 1, 2],
        ['b', 3, 3],
      ],
      'a1-2 b3-3',
      4,
    ],
    [
      'lines of one step',
      [
        ['a', 1, 1],
        ['a', 2, 2],
        ['a', 3, 9],
      ],
      'a1-9',
      10,
    ],
    [
      'what is known already',
      [
        ['a', 1, 5],
        ['a', 3, 4],
        ['a', 5, 6],
      ],
      'a1-6',
      7,
    ],
    [
      'what came live before the rest',
      [
        ['b', 8, 9],
        ['a', 1, 3],
        ['b', 4, 7],
      ],
      'a1-3 b4-9',
      10,
    ],
    [
      'a part in between is missing',
      [
        ['a', 1, 3],
        ['a', 6, 6],
      ],
      'a1-3 a6-6',
      4,
    ],
    [
      'a section over known parts',
      [
        ['a', 2, 2],
        ['a', 4, 4],
        ['a', 1, 6],
      ],
      'a1-6',
      7,
    ],
    [
      'both sides join',
      [
        ['a', 1, 1],
        ['a', 3, 3],
        ['a', 2, 2],
      ],
      'a1-3',
      4,
    ],
  ])('%s', (_, added, expected, firstMissing) => {
    const steps = sections(...added);
    expect(shown(steps)).toBe(expected);
    expect(steps.firstMissing).toBe(firstMissing);
  });
});
