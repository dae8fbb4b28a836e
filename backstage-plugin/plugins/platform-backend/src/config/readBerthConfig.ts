// Reads `berth` of the configuration. A key that nobody reads is an error, since a limit with a slip in its name would be no limit.
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { closest, distance } from 'fastest-levenshtein';
import { z } from 'zod';
import { type BerthConfig, berthSchema } from './schema';

/**
 * @throws InputError with everything that is wrong, one line each; values are not repeated, they may be secret
 */
export function readBerthConfig(config: Config): BerthConfig {
  const result = berthSchema.safeParse(config.getOptional('berth') ?? {});
  if (result.success) {
    return result.data;
  }
  throw new InputError(`the configuration can't be used: ${result.error.issues.flatMap(describe).join('; ')}`);
}

type Issue = z.core.$ZodIssue;

function describe(issue: Issue): string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(key => {
      const known = keysAt(berthSchema, issue.path);
      const nearest = closest(key, known);
      const hint = distance(key, nearest) <= 3 ? `did you mean \`${nearest}\`?` : `known are ${known.map(name => `\`${name}\``).join(', ')}`;
      return `nobody reads \`${pathOf([...issue.path, key])}\`: ${hint}`;
    });
  }
  return [`\`${pathOf(issue.path)}\` ${issue.code === 'custom' ? issue.message : lowerFirst(issue.message)}`];
}

function pathOf(path: PropertyKey[]): string {
  return ['berth', ...path].reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : `${text}${text && '.'}${String(key)}`),
    '',
  );
}

/** The keys that may stand at a place. */
function keysAt(schema: z.core.$ZodType, path: PropertyKey[]): string[] {
  const inner = unwrap(schema);
  const [key, ...rest] = path;
  if (inner instanceof z.ZodObject) {
    return key === undefined ? Object.keys(inner.shape) : keysAt(inner.shape[String(key)], rest);
  }
  if (inner instanceof z.ZodRecord) {
    return keysAt(inner.valueType, rest);
  }
  return inner instanceof z.ZodArray ? keysAt(inner.element, rest) : [];
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional) {
    return unwrap(schema.def.innerType);
  }
  return schema instanceof z.ZodPipe ? unwrap(schema.def.in) : schema;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
