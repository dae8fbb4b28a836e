// Documents and requests that come as text, with the name by which errors call them.

/**
 * A document or a request as text. Unlike an object it has lines and columns, and keys that stand twice are found.
 *
 * `@berth/core` reads JSON; `@berth/core/yaml` reads YAML, and JSON when the name ends in `.json`.
 */
export class Source {
  /** What it holds. */
  readonly text: string;
  /** Such as `platform.yaml`; errors say it. */
  readonly name: string | undefined;

  constructor(text: string, name?: string) {
    this.text = text;
    this.name = name;
  }
}
