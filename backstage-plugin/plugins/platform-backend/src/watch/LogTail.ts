/** The end of what a step printed, cut between lines and without credentials. */
import { redact } from './redact';

export class LogTail {
  readonly #maxBytes: number;
  #lines: string[] = [];
  #bytes = 0;
  #truncated = false;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Takes a line with its end. */
  push(line: string): void {
    this.#lines.push(line);
    this.#bytes += Buffer.byteLength(line);
    // Twice as much as is kept, so that a secret of several lines is seen whole by who redacts.
    while (this.#bytes > 2 * this.#maxBytes && this.#lines.length > 1) {
      this.#bytes -= Buffer.byteLength(this.#lines.shift() ?? '');
      this.#truncated = true;
    }
  }

  /** What is kept of it. */
  end(): { content: string; truncated: boolean } {
    const bytes = Buffer.from(redact(this.#lines.join('')));
    if (bytes.length <= this.#maxBytes) {
      return { content: bytes.toString(), truncated: this.#truncated };
    }
    const end = bytes.subarray(bytes.length - this.#maxBytes);
    const line = end.indexOf('\n') + 1;
    // A single endless line is cut in the middle, at the beginning of a character.
    const start = line > 0 && line < end.length ? line : end.findIndex(byte => (byte & 0xc0) !== 0x80);
    return { content: end.subarray(start).toString(), truncated: true };
  }
}
