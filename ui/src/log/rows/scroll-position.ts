/** Browsers clip elements that are higher than some 33 million pixels. */
export const tallest = 30_000_000;

export interface Scrolled {
  readonly top: number;
  /** Of the visible part. */
  readonly viewHeight: number;
  /** Of all that is scrolled. */
  readonly height: number;
}

/** Which place of which row stands at which height of the visible part. */
export interface Anchor {
  readonly row: number;
  /** Share of the row that is above, from 0 to 1. */
  readonly share: number;
  /** Pixels below the upper edge. */
  readonly y: number;
}

/**
 * Where rows stand, without knowing how high they are: at the upper end the first row stands at the upper edge, at the
 * lower end the last one at the lower edge, and in between the place moves in proportion. With rows of one height that is
 * what a browser does by itself; wrapped rows of any height neither jump nor have to be measured before they are shown.
 */
export function anchorAt({ top, viewHeight, height }: Scrolled, rows: number): Anchor {
  const way = Math.max(0, height - viewHeight);
  const progress = way === 0 ? 0 : Math.min(1, Math.max(0, top / way));
  const place = progress * rows;
  const row = Math.min(Math.floor(place), Math.max(0, rows - 1));
  return { row, share: place - row, y: progress * Math.min(viewHeight, height) };
}

/** What rows of at least `rowHeight` pixels are seen through. */
export interface View {
  readonly viewHeight: number;
  readonly rowHeight: number;
  readonly rows: number;
}

/** How high the scrolled element is. */
export function scrolledHeight({ rows, rowHeight }: View): number {
  return Math.min(tallest, rows * rowHeight);
}

/** How far to scroll so that the anchor stands where it says. */
export function topFor({ row, share, y }: Anchor, view: View): number {
  const { viewHeight, rowHeight, rows } = view;
  const way = scrolledHeight(view) - viewHeight;
  if (way <= 0) return 0;
  const progress = ((row + share) * rowHeight - y) / (rows * rowHeight - viewHeight);
  return Math.min(1, Math.max(0, progress)) * way;
}

/** The middle of the row in the middle of the visible part. */
export function centered(row: number, { viewHeight }: View): Anchor {
  return { row, share: 0.5, y: viewHeight / 2 };
}

/** The row where it is wholly seen however high the rows around it are. */
export function inProportion(row: number, { viewHeight, rows }: View): Anchor {
  const progress = rows > 1 ? row / (rows - 1) : 0;
  return { row, share: progress, y: progress * viewHeight };
}

/** The rows that can be seen, `last` exclusive. */
export function visibleRows({ row, y }: Anchor, { viewHeight, rowHeight, rows }: View): RowRange {
  return {
    first: Math.max(0, row - Math.ceil(y / rowHeight)),
    last: Math.min(rows, row + Math.ceil((viewHeight - y) / rowHeight) + 2),
  };
}

export interface RowRange {
  readonly first: number;
  readonly last: number;
}
