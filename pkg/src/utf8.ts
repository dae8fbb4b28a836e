// Text as UTF-8 and back: by the platform's encoder, and where a test environment hides it (jest's jsdom) by Node's Buffer.

/** Both directions. */
export interface Utf8 {
  /** Writes a text to the start of `room`, and answers with the bytes that were written. */
  write(text: string, room: Uint8Array): number;
  read(bytes: Uint8Array): string;
}

/** What is used of Node's `Buffer`. */
interface Buffers {
  from(text: string): Uint8Array;
  from(memory: ArrayBufferLike, start: number, length: number): { toString(): string };
}

/** Node's, where it is. Reached by `globalThis`, so that no bundler puts a Buffer in. */
const { Buffer } = globalThis as { Buffer?: Buffers };

/** The one that there is. */
export function utf8(): Utf8 {
  if (typeof TextEncoder === 'undefined' && Buffer !== undefined) return byBuffer(Buffer);
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  return {
    write: (text, room) => encoder.encodeInto(text, room).written,
    read: bytes => decoder.decode(bytes),
  };
}

function byBuffer(buffers: Buffers): Utf8 {
  return {
    write(text, room) {
      const bytes = buffers.from(text);
      room.set(bytes);
      return bytes.length;
    },
    read: ({ buffer, byteOffset, length }) => buffers.from(buffer, byteOffset, length).toString(),
  };
}
