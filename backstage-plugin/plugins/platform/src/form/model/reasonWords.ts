// The core says why a step is there in the names of the document: `networkPolicy is not open`. People know fields and options by their titles.
import type { Blueprint } from './fields';

/** The same with titles, as far as the blueprint has them: `Network is not “Everybody in the cluster”`. */
export function reasonWords(reason: string, { spec: { parameters, tables = {} } }: Blueprint): string {
  let options: Record<string, { title?: string }> = {};
  return reason.replace(/[A-Za-z0-9][\w.-]*/g, word => {
    const parameter = Object.hasOwn(parameters, word) ? parameters[word] : undefined;
    if (parameter) {
      options = tables[parameter.optionsFrom ?? ''] ?? {};
      return parameter.title ?? word;
    }
    return Object.hasOwn(options, word) ? `“${options[word].title ?? word}”` : word;
  });
}
