/** What keys do where a log is shown, for the help of the page. */
export const logKeys: readonly (readonly [string, string])[] = [
  ['n', 'log: next found line'],
  ['N', 'log: found line before'],
  ['f', 'log: follow the end'],
  ['w', 'log: wrap long lines'],
  ['t', 'log: show times'],
  ['G', 'log: to the end'],
];
