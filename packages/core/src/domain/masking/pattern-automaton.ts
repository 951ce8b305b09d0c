const ROOT = 0;

/**
 * Finds all of many patterns in one pass, after Aho and Corasick: a tree of the patterns in which each node also knows
 * where the longest end of its own text goes on that begins another pattern. Nodes are numbers, their parts columns.
 */
export class PatternAutomaton {
  /** How many bytes of a pattern have been read in a state. */
  readonly depth: Int32Array;
  /** Length of the longest pattern that ends in a state; 0 where none does. */
  readonly ending: Int32Array;
  readonly #byte: Uint8Array;
  readonly #child: Int32Array;
  readonly #sibling: Int32Array;
  readonly #fallback: Int32Array;
  readonly #first = new Int32Array(256);
  #nodes = 1;

  constructor(patterns: readonly Buffer[]) {
    const size = patterns.reduce((sum, { length }) => sum + length, 1);
    this.depth = new Int32Array(size);
    this.ending = new Int32Array(size);
    this.#byte = new Uint8Array(size);
    this.#child = new Int32Array(size);
    this.#sibling = new Int32Array(size);
    this.#fallback = new Int32Array(size);
    for (const pattern of patterns) this.#insert(pattern);
    this.#linkFallbacks();
  }

  /** The state after one more byte. */
  next(state: number, byte: number): number {
    for (let at = state; at !== ROOT; at = this.#fallback[at] ?? ROOT) {
      const child = this.#find(at, byte);
      if (child !== ROOT) return child;
    }
    return this.#first[byte] ?? ROOT;
  }

  #insert(pattern: Buffer): void {
    let node = ROOT;
    for (const byte of pattern) node = this.#find(node, byte) || this.#add(node, byte);
    this.ending[node] = pattern.length;
  }

  #find(node: number, byte: number): number {
    if (node === ROOT) return this.#first[byte] ?? ROOT;
    let child = this.#child[node] ?? ROOT;
    while (child !== ROOT && this.#byte[child] !== byte) child = this.#sibling[child] ?? ROOT;
    return child;
  }

  #add(parent: number, byte: number): number {
    const node = this.#nodes++;
    this.#byte[node] = byte;
    this.depth[node] = (this.depth[parent] ?? 0) + 1;
    if (parent === ROOT) {
      this.#first[byte] = node;
    } else {
      this.#sibling[node] = this.#child[parent] ?? ROOT;
      this.#child[parent] = node;
    }
    return node;
  }

  /** Level by level: a node's fallback is nearer to the root than the node. */
  #linkFallbacks(): void {
    const order = [...this.#first].filter((node) => node !== ROOT);
    for (let index = 0; index < order.length; index += 1) {
      const node = order[index] ?? ROOT;
      const fallback = this.#fallback[node] ?? ROOT;
      if (this.ending[node] === 0) this.ending[node] = this.ending[fallback] ?? 0;
      for (let child = this.#child[node] ?? ROOT; child !== ROOT; child = this.#sibling[child] ?? ROOT) {
        this.#fallback[child] = this.next(fallback, this.#byte[child] ?? 0);
        order.push(child);
      }
    }
  }
}
