// `@berth/core/yaml`: for those who write documents. The same `Berth`, but texts are YAML, with the place of every mistake.
import { CompleteInstance } from './complete.js';
import { yaml } from './embedded/yaml.js';
import { Engine } from './engine.js';
import type { Location } from './error.js';
import { toJson } from './json.js';
import type { BerthOptions, CheckOptions } from './options.js';
import type { Source } from './source.js';
import type { Findings } from './types/findings.js';

export * from './error.js';
export type * from './options.js';
export { Source } from './source.js';
export type * from './types/decision.js';
export type * from './types/findings.js';
export type * from './types/namespace-request.js';
export type * from './types/workflow.js';

const engine = new Engine({ main: yaml });

/**
 * A platform and its blueprints, compiled once; the embedded ones stand in for what is left out. Text is YAML.
 *
 * @example
 * ```ts
 * const berth = new Berth({ platform: new Source(text, 'platform.yaml') });
 * ```
 */
export class Berth extends CompleteInstance {
  /** @throws BerthError `invalid-document`, with everything that is wrong, its line and its column, in `errors` */
  constructor(options: BerthOptions = {}) {
    super(engine, '.yaml', options);
  }

  /** Looks for what is probably not meant: rules that never fire, options that nobody can choose, rules that contradict each other. */
  checkPolicy(options: CheckOptions = {}): Findings {
    return JSON.parse(this.call('check_policy', [toJson(options, 'options')])) as Findings;
  }
}

/**
 * Where a JSON pointer, such as the `path` of a violation, leads in a text; the nearest list or map around it when the text
 * has no such value. `undefined` when the text can't be read that far.
 */
export function locate(source: Source, pointer: string): Location | undefined {
  const name = source.name ?? 'text.yaml';
  const found = JSON.parse(engine.call('position', [], [source.text, name, pointer])) as Omit<Location, 'source'> | null;
  return found === null ? undefined : { ...(source.name === undefined ? {} : { source: source.name }), pointer, ...found };
}
