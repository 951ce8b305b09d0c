import { EVENT_ID, getScalarValue, parseEvents, SCALAR_STYLE, type ScalarEvent } from 'js-yaml';
import type { Position } from '../../domain/config/config-document.js';
import type { ConfigPath } from '../../domain/config/config-path.js';
import { LineIndex } from './line-index.js';
import { yamlLimits } from './yaml-limits.js';

interface Frame {
  readonly kind: 'document' | 'mapping' | 'sequence';
  readonly path: string;
  nextIndex: number;
  key: string | undefined;
}

/** Offsets of one document's keys and values, by path. */
interface DocumentOffsets {
  readonly keys: Map<string, number>;
  readonly values: Map<string, number>;
}

const separator = '\u0000';
const encode = (path: ConfigPath): string => path.map((segment) => `${separator}${segment}`).join('');

/** With the opening quote, which the parser leaves out. */
function scalarStart(event: ScalarEvent): number {
  const quoted = event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED;
  return quoted ? event.valueStart - 1 : event.valueStart;
}

/** Walks the parser's events once; only done for files with something to report. */
class OffsetCollector {
  readonly documents: DocumentOffsets[] = [];
  readonly #stack: Frame[] = [];

  constructor(text: string) {
    for (const event of parseEvents(text, yamlLimits)) {
      if (event.type === EVENT_ID.DOCUMENT) {
        this.documents.push({ keys: new Map(), values: new Map() });
        this.#push('document', '');
      } else if (event.type === EVENT_ID.MAPPING) this.#push('mapping', this.#place(event.start));
      else if (event.type === EVENT_ID.SEQUENCE) this.#push('sequence', this.#place(event.start));
      else if (event.type === EVENT_ID.SCALAR) this.#place(scalarStart(event), getScalarValue(text, event));
      else if (event.type === EVENT_ID.ALIAS) this.#place(event.anchorStart);
      else if (event.type === EVENT_ID.POP) this.#stack.pop();
    }
  }

  #push(kind: Frame['kind'], path: string): void {
    this.#stack.push({ kind, path, nextIndex: 0, key: undefined });
  }

  /** Records where a node starts and answers its path. */
  #place(offset: number, scalar = ''): string {
    const document = this.documents.at(-1);
    const frame = this.#stack.at(-1);
    if (document === undefined || frame === undefined) return '';
    if (frame.kind === 'mapping' && frame.key === undefined) {
      frame.key = scalar;
      document.keys.set(`${frame.path}${separator}${scalar}`, offset);
      return frame.path;
    }
    let path = frame.path;
    if (frame.kind === 'sequence') path += `${separator}${frame.nextIndex++}`;
    if (frame.kind === 'mapping') path += `${separator}${frame.key}`;
    frame.key = undefined;
    document.values.set(path, offset);
    return path;
  }
}

/** Where keys and values of a YAML or JSON text stand. */
export class YamlPositions {
  #offsets: readonly DocumentOffsets[] | undefined;
  #lines: LineIndex | undefined;

  constructor(private readonly text: string) {}

  /** The value at a path, or its nearest parent. */
  value(document: number, path: ConfigPath): Position {
    return this.#nearest(document, path, 'values');
  }

  /** The key at a path, or the nearest parent's. */
  key(document: number, path: ConfigPath): Position {
    return this.#nearest(document, path, 'keys');
  }

  at(offset: number): Position {
    this.#lines ??= new LineIndex(this.text);
    return this.#lines.at(Math.max(0, offset));
  }

  #nearest(document: number, path: ConfigPath, of: keyof DocumentOffsets): Position {
    this.#offsets ??= new OffsetCollector(this.text).documents;
    const offsets = this.#offsets[document];
    for (let length = path.length; length >= 0; length -= 1) {
      const name = encode(path.slice(0, length));
      const offset = offsets?.[of].get(name) ?? offsets?.values.get(name);
      if (offset !== undefined) return this.at(offset);
    }
    return { line: 1, column: 1 };
  }
}
