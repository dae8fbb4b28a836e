// What projects/answers.ts must answer: what the program does, and for errors, which the program shows to people, what is written here.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { berth, compact, decisions } from './program.mjs';

/** The name, the code and the place. */
const ERRORS = {
  refused: 'BerthError invalid-request {}',
  syntax: 'BerthError invalid-document {"source":"platform.json","pointer":"","line":2,"column":11}',
  document: 'BerthError invalid-document {"source":"platform.json","pointer":"/metadata"}',
  notJson: 'BerthError not-json {"source":"request","pointer":"/team"}',
  disposed: 'BerthError disposed {}',
  bareWithoutBlueprints: 'BerthError invalid-argument {}',
  duplicateKey: 'BerthError duplicate-key {"source":"request.yaml","pointer":"/team","line":9,"column":1}',
  documentAsYaml: 'BerthError invalid-document {"source":"platform.yaml","pointer":"/spec/curency","line":5,"column":3}',
};

/**
 * The expected answers.
 *
 * @param asked - the requests, as the answers say them
 * @param folder - for files
 */
export async function expected(asked, folder) {
  await mkdir(folder);
  const file = async (name, value) => {
    const path = join(folder, `${name}.json`);
    await writeFile(path, JSON.stringify(value));
    return path;
  };
  const { valid, invalid, context } = JSON.parse(asked);
  const files = { valid: await file('valid', valid), invalid: await file('invalid', invalid) };
  const known = ['--context', await file('context', context)];
  const decide = async (...options) => decisions((await berth('validate', '--output=json', ...options)).out)[0];
  const now = ['--request-id=req-7f3a', '--now=2026-01-01T00:00:00Z'];
  const render = async (...options) => (await berth('render', files.valid, '--attempt=2', ...now, ...known, ...options)).out;

  const decided = await decide(files.valid, ...known);
  const options = await decide(files.valid, '--options', ...known);
  const plan = compact((await berth('plan', files.valid, '--output=json', ...now, ...known)).out);
  const workflowYaml = await render('--target=workflow');
  return {
    asked,
    valid: decided,
    invalid: await decide(files.invalid),
    options,
    bareOptions: options,
    plan,
    barePlan: plan,
    workflow: compact(await render('--target=workflow', '--output=json')),
    workflowYaml,
    bareWorkflowYaml: workflowYaml,
    manifestsYaml: await render('--target=manifests'),
    schema: compact((await berth('schema', 'request')).out),
    afterErrors: decided,
    validAsYaml: decided,
    place: '{"source":"request.yaml","pointer":"/team","line":3,"column":7}',
    ...ERRORS,
  };
}
