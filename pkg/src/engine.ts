// One WebAssembly module: started when it is first needed, and anew when it has crashed. Text goes in and comes out;
// what it means is left to the core on the one side and to `Berth` on the other.
import { BerthError, type BerthErrorDetails } from './error.js';
import { bytesOf, type Embedded } from './inflate.js';
import { utf8 } from './utf8.js';

/** What the module exports; crates/berth-wasm says what each does. */
interface Exports {
  /** Its memory; not as `WebAssembly.Memory`, for users who compile without the types of browsers and of Node. */
  readonly memory: { readonly buffer: ArrayBuffer };
  reserve(bytes: number): number;
  output(): number;
  add_document(isPlatform: boolean, wasObject: boolean, name: number, text: number): number;
  load(ownBlueprints: boolean): number;
  dispose(instance: number): void;
  decide(instance: number, name: number, request: number, context: number, withOptions: boolean): number;
  plan(instance: number, name: number, request: number, args: number): number;
  drift(instance: number, name: number, request: number, args: number): number;
  render(instance: number, name: number, request: number, args: number, asYaml: boolean): number;
  request_schema(instance: number, name: number): number;
  check_policy(instance: number, args: number): number;
  documents(instance: number): number;
  position(text: number, name: number, pointer: number): number;
}

/** The functions that answer with a text, and what they take besides the lengths of the input. */
type Answering = Exclude<keyof Exports, 'memory' | 'reserve' | 'output' | 'dispose'>;

/** A module, whole or in two parts (scripts/split.mjs): what the usual questions need, and what is loaded when something first needs it. */
export interface Parts {
  readonly main: Embedded;
  readonly rest?: Embedded;
}

/** The most bytes of UTF-8 that one unit of a JavaScript string becomes. */
const MOST_BYTES = 3;

/** Room for a request of any usual size. */
const LEAST_ROOM = 8 * 1024;

/** The largest input whose memory is used again as it is. */
const MOST_KEPT = 256 * 1024;

/** A module, and what it remembers: instances, by number. */
export class Engine {
  /** Counts the starts: what was remembered before a crash is gone. */
  generation = 0;
  readonly #parts: Parts;
  readonly #utf8 = utf8();
  #main: WebAssembly.Module | undefined;
  #rest: WebAssembly.Module | undefined;
  #exports: Exports | undefined;
  #view: Uint8Array | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Calls a function of the module with texts.
   *
   * @param before - what it takes before the lengths of the texts
   * @param after - what it takes after them
   * @throws BerthError what the core says, or `crashed`
   */
  call(
    name: Answering,
    before: readonly (number | boolean)[],
    texts: readonly string[],
    after: readonly (number | boolean)[] = [],
  ): string {
    const exports = this.#started();
    let length: number;
    let answer: string;
    try {
      const lengths = this.#write(exports, texts);
      const call = exports[name] as (...values: (number | boolean)[]) => number;
      length = call(...before, ...lengths, ...after);
      answer = this.#read(exports, Math.abs(length));
    } catch (error) {
      // What the module remembers after a trap can't be trusted: it is thrown away. Nothing is called before that is done,
      // since the trap may be a stack that is full.
      this.#exports = undefined;
      this.#view = undefined;
      this.generation += 1;
      throw crashed(error);
    }
    if (length < 0) throw new BerthError(JSON.parse(answer) as BerthErrorDetails);
    return answer;
  }

  /** Forgets an instance; one of before a crash is forgotten already. */
  dispose(instance: number, generation: number): void {
    if (generation === this.generation) this.#exports?.dispose(instance);
  }

  #started(): Exports {
    if (this.#exports === undefined) {
      this.#main ??= new WebAssembly.Module(bytesOf(this.#parts.main));
      const { exports } = new WebAssembly.Instance(this.#main, { rest: { load: () => this.#loadRest(exports) } });
      this.#exports = exports as unknown as Exports;
    }
    return this.#exports;
  }

  /** The first part calls this when it needs the rest, which then puts its functions into the table of the first. */
  #loadRest(main: WebAssembly.Exports): void {
    if (this.#parts.rest === undefined) return;
    this.#rest ??= new WebAssembly.Module(bytesOf(this.#parts.rest));
    new WebAssembly.Instance(this.#rest, { main });
  }

  /** Writes texts one after the other into the input; how many bytes each has. */
  #write(exports: Exports, texts: readonly string[]): number[] {
    let room = 0;
    for (const text of texts) room += text.length * MOST_BYTES;
    const view = this.#input(exports, room);
    let at = 0;
    return texts.map(text => {
      if (text === '') return 0;
      const written = this.#utf8.write(text, at === 0 ? view : view.subarray(at));
      at += written;
      return written;
    });
  }

  /** The input, with room for so many bytes: the same as last time where it is large enough and memory has not moved. */
  #input({ memory, reserve }: Exports, room: number): Uint8Array {
    const last = this.#view;
    if (last !== undefined && last.length >= room && last.buffer === memory.buffer) return last;
    const size = Math.max(room, LEAST_ROOM);
    const start = reserve(size);
    this.#view = new Uint8Array(memory.buffer, start, size);
    // What was large once is not kept for ever: the next call asks anew.
    const view = this.#view;
    if (size > MOST_KEPT) this.#view = undefined;
    return view;
  }

  #read(exports: Exports, length: number): string {
    return this.#utf8.read(new Uint8Array(exports.memory.buffer, exports.output(), length));
  }
}

function crashed(cause: unknown): BerthError {
  return new BerthError(
    {
      code: 'crashed',
      message: `the core could not finish: ${cause instanceof Error ? cause.message : String(cause)}`,
      hint: 'the next call starts it anew; if this one fails again, make the input smaller or report it',
    },
    { cause },
  );
}
