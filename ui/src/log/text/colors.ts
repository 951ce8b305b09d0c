export type Rgb = readonly [red: number, green: number, blue: number];

const cubeLevels = [0, 95, 135, 175, 215, 255] as const;

/** A colour of xterm's palette from 16 on: a cube of 6 × 6 × 6 colours, then 24 greys. */
export function paletteColor(index: number): Rgb {
  if (index >= 232) {
    const grey = 8 + (index - 232) * 10;
    return [grey, grey, grey];
  }
  const level = (divisor: number) => cubeLevels[Math.floor((index - 16) / divisor) % 6] ?? 0;
  return [level(36), level(6), level(1)];
}

/** The background of the log, as in log.css. */
const ground: Rgb = [16, 20, 28];
/** What WCAG AA asks of text. */
const enough = 4.5;

/** The colour itself, or as much nearer to white as it takes to read it on the log's background. */
export function readable(color: Rgb): Rgb {
  for (let white = 0; white < 1; white += 0.1) {
    const [red, green, blue] = color.map((value) => Math.round(value + (255 - value) * white));
    const mixed: Rgb = [red ?? 0, green ?? 0, blue ?? 0];
    if (contrast(mixed, ground) >= enough) return mixed;
  }
  return [255, 255, 255];
}

export function contrast(a: Rgb, b: Rgb): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((one, other) => one - other);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: Rgb): number {
  const [red = 0, green = 0, blue = 0] = color.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
