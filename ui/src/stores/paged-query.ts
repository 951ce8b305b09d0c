import { createQuery, type Query, type QueryOptions } from './query.ts';

interface Page<Item> {
  readonly items: readonly Item[];
  readonly next_cursor?: string;
}

export interface PagedQuery<Item> extends Query<Page<Item>> {
  /** Shows one page more. */
  more(): void;
}

/** A list that grows page by page. An answer that comes anew holds as many pages as are shown. */
export function createPagedQuery<K, Item>(
  key: () => K,
  loadPage: (key: K, cursor: string | undefined, signal: AbortSignal) => Promise<Page<Item>>,
  options?: QueryOptions,
): PagedQuery<Item> {
  let pages = 1;
  const load = async (current: K, signal: AbortSignal): Promise<Page<Item>> => {
    const items: Item[] = [];
    let cursor: string | undefined;
    for (let page = 1; page === 1 || (page <= pages && cursor !== undefined); page += 1) {
      const answer = await loadPage(current, cursor, signal);
      items.push(...answer.items);
      cursor = answer.next_cursor;
    }
    return { items, next_cursor: cursor };
  };
  const firstPage = (): K => {
    pages = 1;
    return key();
  };
  const query = createQuery(firstPage, load, options);
  return {
    get data() {
      return query.data;
    },
    get error() {
      return query.error;
    },
    reload: () => query.reload(),
    more: () => {
      pages += 1;
      query.reload();
    },
  };
}
