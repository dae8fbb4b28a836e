// All that can be asked of documents: besides what forms ask, how what stands in a cluster differs, JSON Schemas and the documents
// themselves. `Berth` in index.ts and yaml.ts is this class with one module or the other.
import { schemas } from './embedded/schemas.js';
import { BerthError } from './error.js';
import { Instance } from './instance.js';
import { toJson } from './json.js';
import type { Documents, DriftOptions, JsonSchema, RequestInput } from './options.js';
import type { Drift } from './types/decision.js';

/** The documents, and all that can be asked of them. */
export abstract class CompleteInstance extends Instance {
  /**
   * Compares what stands in a cluster with what a request renders: only fields that are rendered, and as Kubernetes means
   * them (`1000m` is `1`). The request is the one that was carried out last, with everything that was filled in.
   *
   * @throws BerthError `invalid-request` with the `decision`, when a parameter is not what the blueprint takes
   */
  drift(request: RequestInput, options: DriftOptions): Drift {
    const { name, text } = this.request(request);
    const given = toJson(options, 'options');
    return JSON.parse(this.call('drift', [name, text, given])) as Drift;
  }

  /**
   * A JSON Schema: `request` for requests of all blueprints, `<blueprint>.request` for those of one; `platform`, `blueprint`,
   * `context`, `decision`, `plan`, `drift`, `workflow`, `workflow-template` for documents and answers.
   *
   * @throws BerthError `unknown-schema`
   */
  schema(name: string): JsonSchema {
    const isRequest = name === 'request' || name.endsWith('.request');
    const found = isRequest ? this.#requestSchema(name) : Object.entries(schemas).find(([known]) => known === name)?.[1];
    if (found !== undefined) return JSON.parse(found) as JsonSchema;
    const names = ['request', ...this.blueprints.map(blueprint => `${blueprint}.request`), ...Object.keys(schemas)];
    throw new BerthError({
      code: 'unknown-schema',
      message: `there is no schema \`${name}\``,
      hint: `schemas are ${names.map(known => `\`${known}\``).join(', ')}`,
    });
  }

  /**
   * The JSON Schema of a blueprint's parameters, flat, with its rules as `if` and `then`; `undefined` when there is no such
   * blueprint.
   */
  requestSchema(blueprint: string): JsonSchema | undefined {
    if (!this.blueprints.includes(blueprint)) return undefined;
    return JSON.parse(this.#requestSchema(blueprint) ?? 'null') as JsonSchema;
  }

  /** The documents as they were given, or the embedded ones. */
  documents(): Documents {
    return JSON.parse(this.call('documents', [])) as Documents;
  }

  #requestSchema(name: string): string | undefined {
    const schema = this.call('request_schema', [name]);
    return schema === 'null' ? undefined : schema;
  }
}
