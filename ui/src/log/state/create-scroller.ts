import { createEffect, createMemo, createSignal, onCleanup, untrack, type Accessor } from 'solid-js';
import type { RowMap } from '../rows/row-map.ts';
import {
  anchorAt,
  centered,
  inProportion,
  scrolledHeight,
  topFor,
  visibleRows,
  type Anchor,
  type RowRange,
  type View,
} from '../rows/scroll-position.ts';

/** As in log.css. */
export const rowHeight = 20;

export interface Scroller {
  /** Give it the scrolling element and the element that is as high as all rows, once they are there. */
  readonly attach: (scrolling: HTMLElement, spacer: HTMLElement) => void;
  readonly anchor: Accessor<Anchor>;
  readonly visible: Accessor<RowRange>;
  readonly following: Accessor<boolean>;
  /** Stays at the end as it moves, until the reader scrolls up; at the end of a log that is complete, goes there. */
  readonly setFollowing: (following: boolean) => void;
  /** Brings a row into view: into the middle, unless rows are wrapped. */
  readonly reveal: (row: number) => void;
  readonly scrollBy: (rows: number) => void;
  readonly toTop: () => void;
  readonly toEnd: () => void;
}

export interface ScrolledRows {
  readonly map: Accessor<RowMap>;
  /** Rows may be higher than one line. */
  readonly wrapped: Accessor<boolean>;
  /** More rows will come: whoever scrolls to the end follows it. */
  readonly growing: Accessor<boolean>;
  /** Begins at the end. */
  readonly follow: boolean;
}

/** What is seen of the rows, and moving about in them. */
export function createScroller({ map, wrapped, growing, follow }: ScrolledRows): Scroller {
  const [top, setTop] = createSignal(0);
  const [viewHeight, setViewHeight] = createSignal(0);
  const [following, setFollowing] = createSignal(follow);
  const rows = () => map().rows;
  let elements: { readonly scrolling: HTMLElement; readonly spacer: HTMLElement } | undefined;
  /** What was drawn last, and where. */
  let drawn: { readonly map: RowMap; readonly anchor: Anchor } | undefined;
  const view = createMemo<View>(() => ({ viewHeight: viewHeight(), rowHeight, rows: rows() }));
  const height = createMemo(() => scrolledHeight(view()));
  const anchor = createMemo(() => anchorAt({ top: top(), viewHeight: viewHeight(), height: height() }, rows()));
  const visible = createMemo(() => visibleRows(anchor(), view()), undefined, {
    equals: (one, other) => one.first === other.first && one.last === other.last,
  });

  /** A scroll event comes a frame later: what is drawn now must know already. */
  const scrollTo = (position: number): void => {
    if (elements === undefined) return;
    const { scrolling, spacer } = elements;
    spacer.style.height = `${untrack(height)}px`;
    scrolling.scrollTop = position;
    setTop(scrolling.scrollTop);
  };

  /** Rows that have come above, or are folded away, leave what is seen where it is. */
  const keepPlace = (now: RowMap): void => {
    if (drawn === undefined || drawn.map === now) return;
    const { anchor: was } = drawn;
    const position = topFor({ ...was, row: now.rowLike(drawn.map, was.row) }, untrack(view));
    if (Math.abs(position - untrack(top)) > 1) scrollTo(position);
  };

  const attach = (scrolling: HTMLElement, spacer: HTMLElement): void => {
    elements = { scrolling, spacer };
    setViewHeight(scrolling.clientHeight);
    createEffect(() => {
      spacer.style.height = `${height()}px`;
      if (following()) scrollTo(height());
      else keepPlace(map());
    });
    createEffect(() => {
      if (!growing()) setFollowing(false);
    });
    createEffect(() => (drawn = { map: untrack(map), anchor: anchor() }));

    const atEnd = () => scrolling.scrollTop + scrolling.clientHeight >= scrolling.scrollHeight - 2;
    const onScroll = (): void => {
      const up = scrolling.scrollTop < top();
      setTop(scrolling.scrollTop);
      if (following() && up && !atEnd()) setFollowing(false);
      else if (growing() && !up && atEnd()) setFollowing(true);
    };
    const onWheel = ({ deltaY }: WheelEvent): void => {
      if (deltaY < 0) setFollowing(false);
    };
    scrolling.addEventListener('scroll', onScroll, { passive: true });
    scrolling.addEventListener('wheel', onWheel, { passive: true });
    const size = new ResizeObserver(() => setViewHeight(scrolling.clientHeight));
    size.observe(scrolling);
    onCleanup(() => size.disconnect());
  };

  const goTo = (position: number): void => {
    setFollowing(false);
    scrollTo(position);
  };
  return {
    attach,
    anchor,
    visible,
    following,
    setFollowing: (follow) => {
      if (growing()) setFollowing(follow);
      else if (follow) goTo(height());
    },
    reveal: (row) => goTo(topFor(wrapped() ? inProportion(row, view()) : centered(row, view()), view())),
    scrollBy: (count) => goTo(top() + count * rowHeight),
    toTop: () => goTo(0),
    toEnd: () => goTo(height()),
  };
}
