// Writes src/types/*.ts from schemas/*.json: types that say exactly what the core reads and answers.
//   node scripts/types.mjs [--check]     with --check it writes nothing and fails on a difference
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { compile } from 'json-schema-to-typescript';

const SCHEMAS = new URL('../../schemas/', import.meta.url);
const TYPES = new URL('../src/types/', import.meta.url);
/** What stands in each file: the schema, and the name of the type that it describes. Types that several use stand there once. */
const FILES = {
  'decision.ts': { decision: 'Decision', plan: 'Plan', drift: 'Drift', context: 'Context' },
  'findings.ts': { findings: 'Findings' },
  'workflow.ts': { workflow: 'Workflow', 'workflow-template': 'WorkflowTemplate' },
};

const check = process.argv.includes('--check');
const different = [];
mkdirSync(TYPES, { recursive: true });
for (const [file, schemas] of Object.entries(FILES)) {
  const roots = Object.entries(schemas).map(([name, type]) => [type, read(name)]);
  const $defs = Object.assign({}, ...roots.map(([type, { $defs: parts, ...root }]) => ({ ...parts, [type]: root })));
  settle(file, await types(Object.keys(schemas), roots[0][0], $defs));
}
settle('namespace-request.ts', await types(['namespace.request'], 'NamespaceParameters', read('namespace.request').$defs));
if (different.length > 0 && check) {
  console.error(`not what the schemas say: ${different.join(', ')}; run \`npm --prefix pkg run types\``);
  process.exit(1);
}

function read(name) {
  return JSON.parse(readFileSync(new URL(`${name}.schema.json`, SCHEMAS), 'utf8'));
}

/** One file: the type `root` and all that it needs. */
async function types(names, root, definitions) {
  const $defs = Object.fromEntries(Object.entries(definitions).map(([name, schema]) => [name, typed(schema)]));
  if ($defs.namespace) {
    $defs[root] = { ...$defs.namespace, title: root };
    delete $defs.namespace;
    delete $defs.Request;
  }
  const { [root]: schema, ...others } = $defs;
  const text = await compile({ ...schema, title: root, $defs: others }, root, {
    additionalProperties: false,
    bannerComment: `// The types of ${names.map(name => `schemas/${name}.schema.json`).join(', ')}. Written by scripts/types.mjs.`,
    unreachableDefinitions: true,
    style: { singleQuote: true, printWidth: 110 },
  });
  return text
    .replace(/(?: \*\n)? \* This (?:interface|type) was referenced by [^]*?(?= \*\/)/g, '')
    .replace(/\/\*\*\n +\* ([^\n]*)\n +\*\//g, '/** $1 */')
    .replace(/^\/\*\*\n \*\/\n/gm, '')
    .replace(/^}\n(?=\S)/gm, '}\n\n');
}

/** What a type can say of a schema: not its rules, and no name for each of its options. */
function typed(schema) {
  const { title, allOf, pattern, minLength, maxLength, uniqueItems, default: ifAbsent, ...rest } = schema;
  // By its name: with a description of its own the type would be written a second time.
  if (rest.$ref) return { tsType: rest.$ref.replace('#/$defs/', ''), description: rest.description };
  if (rest.anyOf?.every(option => 'const' in option)) {
    rest.enum = rest.anyOf.map(option => option.const);
    delete rest.anyOf;
  }
  // Anything: only what a schema says nothing about.
  if (Object.keys(rest).every(key => key === 'description')) return { ...rest, tsType: 'unknown' };
  if (rest.properties) {
    rest.properties = Object.fromEntries(
      Object.entries(rest.properties).map(([name, property]) => [name, typed(property)]),
    );
  } else if (rest.type === 'object') {
    rest.additionalProperties ??= true;
  }
  if (rest.items) rest.items = typed(rest.items);
  if (typeof rest.additionalProperties === 'object') rest.additionalProperties = typed(rest.additionalProperties);
  return rest;
}

function settle(file, text) {
  const path = new URL(file, TYPES);
  if (readText(path) === text) return;
  different.push(file);
  if (!check) writeFileSync(path, text);
}

function readText(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
