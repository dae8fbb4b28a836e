// A module's bytes out of the text that `scripts/embed.mjs` made of them: base64 of deflate (RFC 1951). Text needs no setting of
// any bundler; deflated before, it stays as small as the bytes when a server compresses it. By Node where it can, since
// what every platform has takes longer.

/** A module as text. */
export interface Embedded {
  /** How many bytes it has. */
  readonly size: number;
  readonly text: string;
}

/** What is used of Node. Reached by `globalThis`, so that no bundler puts anything in. */
interface Node {
  Buffer?: { from(text: string, encoding: 'base64'): Uint8Array<ArrayBuffer> };
  process?: {
    getBuiltinModule?(name: 'node:zlib'): { inflateRawSync(deflated: Uint8Array): Uint8Array<ArrayBuffer> } | undefined;
  };
}

/** The lengths of the codes of a block's three alphabets come in this order. */
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const END_OF_BLOCK = 256;
/** The first length that is said by a code alone is 3; each has a base and so many bits more. */
const LENGTHS = ranges(3, [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5]);
/** The longest stands for itself. */
LENGTHS.push([258, 0]);
const DISTANCES = ranges(1, [0, 0, 0, 0, ...Array.from({ length: 26 }, (_, index) => 1 + (index >> 1))]);

/** The bytes of a module. */
export function bytesOf({ size, text }: Embedded): Uint8Array<ArrayBuffer> {
  const { Buffer, process } = globalThis as Node;
  const zlib = process?.getBuiltinModule?.('node:zlib');
  if (Buffer !== undefined && zlib !== undefined) return zlib.inflateRawSync(Buffer.from(text, 'base64'));
  return inflate(fromBase64(text), size);
}

/** Inflates to so many bytes. */
export function inflate(deflated: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const bits = new Bits(deflated);
  const bytes = new Uint8Array(size);
  let at = 0;
  for (let isLast = false; !isLast; ) {
    isLast = bits.take(1) === 1;
    const kind = bits.take(2);
    if (kind === 0) {
      const stored = bits.stored();
      bytes.set(stored, at);
      at += stored.length;
    } else {
      at = inflateBlock(bits, bytes, at, kind === 1 ? fixed() : dynamic(bits));
    }
  }
  return bytes;
}

/** The bits of the text, the lowest of each byte first. */
class Bits {
  readonly #bytes: Uint8Array;
  #at = 0;
  #held = 0;
  #count = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  take(count: number): number {
    this.#fill(count);
    const taken = this.#held & ((1 << count) - 1);
    this.#drop(count);
    return taken;
  }

  /** The symbol of the code that comes. */
  symbol({ longest, symbols }: Codes): number {
    this.#fill(longest);
    const found = symbols[this.#held & ((1 << longest) - 1)] ?? 0;
    this.#drop(found & 15);
    return found >> 4;
  }

  /** The bytes of a block that is not compressed; it begins at a whole byte. */
  stored(): Uint8Array {
    this.#drop(this.#count % 8);
    const length = this.take(16);
    this.take(16);
    const start = this.#at - this.#count / 8;
    this.#at = start + length;
    this.#held = 0;
    this.#count = 0;
    return this.#bytes.subarray(start, this.#at);
  }

  /** Beyond the end there are zeros. */
  #fill(count: number): void {
    while (this.#count < count) {
      this.#held |= (this.#bytes[this.#at] ?? 0) << this.#count;
      this.#at += 1;
      this.#count += 8;
    }
  }

  #drop(count: number): void {
    this.#held >>>= count;
    this.#count -= count;
  }
}

/** An alphabet: what the next bits stand for, as many as the longest code has; each entry is a symbol, and in 4 bits the length of its code. */
interface Codes {
  longest: number;
  symbols: Uint16Array;
}

/** Codes of these lengths, those of one length in the order of their symbols. */
function codes(lengths: readonly number[]): Codes {
  const longest = Math.max(1, ...lengths);
  const symbols = new Uint16Array(1 << longest);
  let code = 0;
  for (let length = 1; length <= longest; length += 1) {
    for (let symbol = 0; symbol < lengths.length; symbol += 1) {
      if (lengths[symbol] !== length) continue;
      // The first bit of a code is its highest, and whatever follows it belongs to the next.
      for (let at = reversed(code, length); at < symbols.length; at += 1 << length) symbols[at] = (symbol << 4) | length;
      code += 1;
    }
    code <<= 1;
  }
  return { longest, symbols };
}

function reversed(code: number, length: number): number {
  let turned = 0;
  for (let bit = 0; bit < length; bit += 1) turned |= ((code >> bit) & 1) << (length - 1 - bit);
  return turned;
}

type Alphabets = readonly [literals: Codes, distances: Codes];

function fixed(): Alphabets {
  const literals = Array.from({ length: 288 }, (_, symbol) => (symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8));
  return [codes(literals), codes(Array.from({ length: 30 }, () => 5))];
}

function dynamic(bits: Bits): Alphabets {
  const literals = bits.take(5) + 257;
  const distances = bits.take(5) + 1;
  const known = new Array<number>(ORDER.length).fill(0);
  for (const place of ORDER.slice(0, bits.take(4) + 4)) known[place] = bits.take(3);
  const alphabet = codes(known);
  const lengths: number[] = [];
  while (lengths.length < literals + distances) {
    const symbol = bits.symbol(alphabet);
    if (symbol < 16) lengths.push(symbol);
    else if (symbol === 16) lengths.push(...new Array<number>(bits.take(2) + 3).fill(lengths.at(-1) ?? 0));
    else lengths.push(...new Array<number>(symbol === 17 ? bits.take(3) + 3 : bits.take(7) + 11).fill(0));
  }
  return [codes(lengths.slice(0, literals)), codes(lengths.slice(literals))];
}

/** Inflates a block to `at`; where the next begins. */
function inflateBlock(bits: Bits, bytes: Uint8Array, start: number, [literals, distances]: Alphabets): number {
  let at = start;
  for (;;) {
    const symbol = bits.symbol(literals);
    if (symbol < END_OF_BLOCK) {
      bytes[at] = symbol;
      at += 1;
    } else if (symbol === END_OF_BLOCK) {
      return at;
    } else {
      const length = ranged(bits, LENGTHS[symbol - END_OF_BLOCK - 1]);
      const from = at - ranged(bits, DISTANCES[bits.symbol(distances)]);
      // What is copied may be what was just written.
      for (let index = 0; index < length; index += 1) bytes[at + index] = bytes[from + index] ?? 0;
      at += length;
    }
  }
}

type Range = readonly [base: number, bits: number];

function ranges(first: number, widths: readonly number[]): Range[] {
  let base = first;
  return widths.map(bits => {
    const range: Range = [base, bits];
    base += 1 << bits;
    return range;
  });
}

function ranged(bits: Bits, [base, width]: Range = [0, 0]): number {
  return base + bits.take(width);
}

function fromBase64(text: string): Uint8Array {
  const decoded = globalThis.atob(text);
  const bytes = new Uint8Array(decoded.length);
  for (let index = 0; index < decoded.length; index += 1) bytes[index] = decoded.charCodeAt(index);
  return bytes;
}
