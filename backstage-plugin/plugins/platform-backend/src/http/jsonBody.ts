// Reads the body of a call: weighed before it is read, read before it is parsed, and refused when a key stands twice in it.
import { InputError } from '@backstage/errors';
import { BerthError, Source } from '@berth/core/yaml';
import express, { type Request, type RequestHandler } from 'express';
import type { DocumentStore } from '../documents';

/** What is needed of the plugin. */
interface JsonBodyOptions {
  /** As in `berth.api.bodyLimit`. */
  bodyLimit: string | number;
  documents: Pick<DocumentStore, 'berth'>;
}

/** Bodies as they came, until they are looked at. */
const texts = new WeakMap<object, string>();

/** The steps before those of a route that has a body. */
export function jsonBody({ bodyLimit, documents }: JsonBodyOptions): RequestHandler[] {
  const onlyJson: RequestHandler = (req, _res, next) => {
    const hasBody = Number(req.header('content-length') ?? 0) > 0 || req.header('transfer-encoding') !== undefined;
    if (hasBody && !req.is('application/json')) {
      throw new InputError('the body must be JSON: send it with `content-type: application/json`');
    }
    next();
  };
  const parse = express.json({ limit: bodyLimit, verify: (req, _res, body) => texts.set(req, body.toString('utf8')) });
  const onlyOnce: RequestHandler = (req, _res, next) => {
    assertKeysStandOnce(req, documents);
    next();
  };
  return [onlyJson, parse, onlyOnce];
}

/**
 * JavaScript takes the last of two equal keys, other readers the first: what was looked at before might not be what is judged here. The
 * core finds them in the text; what else it says of it is asked for later, by whoever wants to know.
 */
function assertKeysStandOnce(req: Request, documents: JsonBodyOptions['documents']): void {
  const text = texts.get(req);
  if (text === undefined) {
    return;
  }
  texts.delete(req);
  try {
    documents.berth().decide(new Source(text, 'body.json'));
  } catch (error) {
    if (error instanceof BerthError && error.code === 'duplicate-key') {
      const { line, column } = error.location ?? {};
      const place = line === undefined ? '' : ` (line ${line}, column ${column})`;
      throw new InputError(`the body has a ${error.message}${place}: ${error.hint}`);
    }
  }
}
