import Anser from 'anser';
import { paletteColor, readable, type Rgb } from './colors.ts';

/** How text looks: CSS classes of `log.css`, and colours that no class has. */
export interface Look {
  readonly classes: string;
  readonly color: string | undefined;
  readonly background: string | undefined;
}

export const plain: Look = { classes: '', color: undefined, background: undefined };

/** Follows the style sequences of one line. */
export class LookReader {
  readonly #anser = new Anser();

  /** The look after one more sequence; `codes` as they stand between `ESC[` and `m`. */
  next(codes: string): Look {
    const entry = this.#anser.ansiToJson(`\x1b[${codes}m `, { use_classes: true, json: true }).at(-1);
    if (entry === undefined || !entry.was_processed) return plain;
    const foreground = rgbOf(entry.fg, entry.fg_truecolor);
    const background = rgbOf(entry.bg, entry.bg_truecolor);
    const classes = entry.decorations.map((decoration) => `ansi-${decoration}`);
    if (entry.fg && foreground === undefined) classes.push(`${entry.fg}-fg`);
    if (entry.bg && background === undefined) classes.push(`${entry.bg}-bg`);
    return {
      classes: [...new Set(classes)].join(' '),
      // on a background of its own the text keeps the colour that it was given to go with it
      color: foreground && css(entry.bg ? foreground : readable(foreground)),
      background: background && css(background),
    };
  }
}

/** Undefined for the sixteen colours that have a class. */
function rgbOf(color: string | null, truecolor: string | null): Rgb | undefined {
  if (color === 'ansi-truecolor') return truecolor?.split(',').map(Number) as unknown as Rgb;
  const palette = /^ansi-palette-(\d+)$/.exec(color ?? '')?.[1];
  return palette === undefined ? undefined : paletteColor(Number(palette));
}

function css([red, green, blue]: Rgb): string {
  return `rgb(${red} ${green} ${blue})`;
}
