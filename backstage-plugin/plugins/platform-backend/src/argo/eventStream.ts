/** Reads the messages of an Argo stream: server-sent events, each `{"result": ...}` or `{"error": ...}`. */
import { createParser } from 'eventsource-parser';
import { ArgoError } from './ArgoError';

/** The longest message that is read. */
const MAX_MESSAGE_CHARACTERS = 16 << 20;

/**
 * The results in a stream, in order. A message that the end of the stream cuts short is dropped, as if it had never been sent.
 *
 * @throws ArgoError for an error message in the stream, and for one that is too long or no JSON
 */
export async function* readMessages(instance: string, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<unknown> {
  let waiting: string[] = [];
  let tooLong = false;
  const parser = createParser({
    maxBufferSize: MAX_MESSAGE_CHARACTERS,
    onEvent: event => waiting.push(event.data),
    onError: error => {
      tooLong ||= error.type === 'max-buffer-size-exceeded';
    },
  });
  const decoder = new TextDecoder();
  for await (const chunk of bytes) {
    parser.feed(decoder.decode(chunk, { stream: true }));
    const messages = waiting;
    waiting = [];
    for (const message of messages) {
      yield resultOf(instance, message);
    }
    if (tooLong) {
      throw new ArgoError(instance, 'not-argo', `sent a message of more than ${MAX_MESSAGE_CHARACTERS} characters`);
    }
  }
}

function resultOf(instance: string, text: string): unknown {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch (cause) {
    throw new ArgoError(instance, 'not-argo', 'sent a message that is not JSON', { cause });
  }
  if (typeof message === 'object' && message !== null) {
    if ('error' in message) {
      throw ArgoError.ofStream(instance, message.error);
    }
    if ('result' in message) {
      return message.result;
    }
  }
  throw new ArgoError(instance, 'not-argo', 'sent a message without a result');
}
