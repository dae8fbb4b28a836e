// The documents, compiled. `@berth/core` brings the standard ones; `@berth/core/yaml` is fetched when somebody reads or edits them.
import { Berth, BerthError } from '@berth/core';
import type { Finding } from '@berth/core/yaml';
import { isStandard, type Documents } from './state.js';

/** Something that the core says about a document, and where. */
export interface Problem {
  document: keyof Documents;
  severity: 'error' | 'warning' | 'note';
  message: string;
  hint: string | undefined;
  /** From 1; columns count Unicode characters. */
  line: number;
  column: number;
  /** Parameters of a request that shows it. */
  example: Record<string, unknown> | undefined;
}

/** What became of the documents. */
export interface Compiled {
  /** Nothing, when they have errors. */
  berth: Berth | undefined;
  problems: Problem[];
}

/** How long one question of the policy check may be: it is asked on every keystroke. */
const MOST_COMBINATIONS = 20_000;

const NAMES: Record<keyof Documents, string> = { blueprint: 'blueprint.yaml', platform: 'platform.yaml' };

/** The documents that come with Berth, at once. */
export function standard(): Berth {
  return new Berth();
}

/** Reads both documents, and looks for what is probably not meant in them. */
export async function compile(documents: Documents): Promise<Compiled> {
  const yaml = await import('@berth/core/yaml');
  const source = (name: keyof Documents) => new yaml.Source(documents[name], NAMES[name]);
  try {
    const berth = new yaml.Berth({ platform: source('platform'), blueprints: [source('blueprint')] });
    const { findings } = berth.checkPolicy({ maxCombinations: MOST_COMBINATIONS });
    return { berth, problems: findings.map(finding => found(finding, yaml.locate, source)) };
  } catch (error) {
    // Each module has its own class of errors: they are known by their name.
    if (!(error instanceof yaml.BerthError)) throw error;
    return { berth: undefined, problems: mistakes(error) };
  }
}

/** May the standard documents stand in until these are read? */
export const needsYaml = (documents: Documents): boolean => !isStandard(documents);

function mistakes({ message, hint, location, errors }: BerthError): Problem[] {
  const all = errors ?? [{ message, hint, location: location ?? {} }];
  return all.map(error => ({
    document: error.location.source === NAMES.platform ? 'platform' : 'blueprint',
    severity: 'error',
    message: error.message,
    hint: error.hint,
    line: error.location.line ?? 1,
    column: error.location.column ?? 1,
    example: undefined,
  }));
}

type Yaml = typeof import('@berth/core/yaml');

function found(
  finding: Finding,
  locate: Yaml['locate'],
  source: (name: keyof Documents) => InstanceType<Yaml['Source']>,
): Problem {
  const document = finding.blueprint === undefined ? 'platform' : 'blueprint';
  const { line, column } = locate(source(document), finding.pointer) ?? {};
  return {
    document,
    severity: finding.severity,
    message: finding.message,
    hint: finding.hint,
    line: line ?? 1,
    column: column ?? 1,
    example: finding.example,
  };
}
