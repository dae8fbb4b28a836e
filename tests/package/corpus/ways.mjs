// The two modules of the package, each asked as its users ask: the one with texts, the other with values.
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
  const value = ({ name, text }) => (name.endsWith('.json') ? JSON.parse(text) : yaml(text));
  const source = ({ name, text }) => new core.Source(text, name);
  return {
    core,
    names: ({ blueprints: { length } }) => ['platform.json', ...(length === 1 ? ['blueprint.json'] : indexes(length))],
    request: (request, { expects }) => (expects === 'unreadable' ? source(request) : value(request)),
    load: once(({ isDefault, platform, blueprints }) => {
      if (isDefault) return new core.Berth();
      return new core.Berth({ platform: value(platform), blueprints: blueprints.map(value) });
    }),
  };
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
