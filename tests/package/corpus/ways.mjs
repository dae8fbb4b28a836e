// The modules of the package, each asked as its users ask: one with texts, the others with values.
import { yaml } from './cases.mjs';

/** `@berth/core/yaml`: documents and requests are the texts that people wrote. */
export function withTexts(core) {
  const source = ({ name, text }) => new core.Source(text, name);
  return {
    core,
    request: request => source(request),
    names: ({ platform, blueprints }) => [platform, ...blueprints].map(({ name }) => name),
    load: once(({ platform, blueprints }) => {
      return new core.Berth({ platform: source(platform), blueprints: blueprints.map(source) });
    }),
  };
}

/** `@berth/core`: documents are values, or the embedded ones; requests are values, too. Texts that are no values stay texts. */
export function withValues(core) {
  return values(core, documents => (documents.isDefault ? new core.Berth() : fromValues(core, documents)));
}

/** `@berth/core/bare`: the same, but all documents are given. */
export function withAllValues(core) {
  return values(core, documents => fromValues(core, documents));
}

function values(core, load) {
  const source = ({ name, text }) => new core.Source(text, name);
  return {
    core,
    names: ({ blueprints: { length } }) => ['platform.json', ...(length === 1 ? ['blueprint.json'] : indexes(length))],
    request: (request, { expects }) => (expects === 'unreadable' ? source(request) : value(request)),
    load: once(load),
  };
}

function fromValues(core, { platform, blueprints }) {
  return new core.Berth({ platform: value(platform), blueprints: blueprints.map(value) });
}

function value({ name, text }) {
  return name.endsWith('.json') ? JSON.parse(text) : yaml(text);
}

function indexes(length) {
  return Array.from({ length }, (_, index) => `blueprints/${index}.json`);
}

/** Most cases have the same documents: they are loaded once, and asked in any order. */
function once(load) {
  const loaded = new Map();
  return documents => {
    const key = JSON.stringify(documents);
    if (!loaded.has(key)) loaded.set(key, load(documents));
    return loaded.get(key);
  };
}
