// The cases of tests/corpus as the Rust runners read them (crates/berth-testing); tests/corpus/README.md has the format.
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { parse } from 'yaml';
import { repository } from '../project.mjs';

/** The folder of the cases. */
export const corpus = join(repository, 'tests/corpus');

const DOCUMENT_FOLDERS = { default: repository, fixtures: join(corpus, 'fixtures') };
const CASE_KEYS = 'name note request json file context options edit render valid violations unreadable badDocuments'.split(' ');
const RENDER_KEYS = 'requestId now attempt changeFrom adopt freeze delete origin files'.split(' ');

/** Reads YAML 1.2 as Berth does, of what Berth can read. */
export const yaml = text => parse(text, { version: '1.2', schema: 'core', merge: false });

/**
 * Every file of cases: `{name, cases}`. A case is `{id, name, request, context, options, documents, render, expects}`;
 * `request` and documents are texts: `{name, text}`; `expects` is the key by which its writer says what to expect.
 */
export async function files() {
  const found = await readdir(corpus, { recursive: true, withFileTypes: true });
  const paths = found
    .filter(entry => entry.isFile() && entry.name.endsWith('.yaml'))
    .map(entry => join(entry.parentPath, entry.name))
    .filter(path => !/^(fixtures|requests)\/|\/expected\//.test(relative(corpus, path)));
  return Promise.all(paths.toSorted().map(fileOfCases));
}

async function fileOfCases(path) {
  const name = relative(corpus, path).replace(/\.yaml$/, '');
  const { about, documents = 'default', cases, ...unknown } = yaml(await readFile(path, 'utf8'));
  assert.ok(about && Object.keys(unknown).length === 0, name);
  return { name, cases: await Promise.all(cases.map(written => settle(name, documents, written))) };
}

async function settle(file, base, written) {
  const id = `${file}: ${written.name}`;
  known(id, written, CASE_KEYS);
  const { render = {} } = written;
  known(id, render, RENDER_KEYS);
  const expects = ['valid', 'violations', 'unreadable', 'badDocuments'].filter(key => written[key] !== undefined);
  assert.equal(expects.length, 1, id);
  return {
    id,
    name: written.name,
    request: await requestOf(written),
    context: written.context ?? {},
    options: written.options ?? false,
    documents: { isDefault: base === 'default' && !written.edit, ...(await documentsOf(id, base, written.edit ?? [])) },
    render: rendering(render),
    expects: expects[0],
  };
}

function known(id, value, keys) {
  for (const key of Object.keys(value)) assert.ok(keys.includes(key), `${id}: what is \`${key}\`?`);
}

async function requestOf({ request, json, file }) {
  if (request !== undefined) return { name: 'request.yaml', text: joined(request) };
  if (json !== undefined) return { name: 'request.json', text: joined(json) };
  return file && { name: file, text: await readFile(join(corpus, 'requests', file), 'utf8') };
}

/** A text, or pieces of one. */
function joined(pieces) {
  if (typeof pieces === 'string') return pieces;
  return pieces.map(piece => (typeof piece === 'string' ? piece : piece.repeat.repeat(piece.times))).join('');
}

async function documentsOf(id, base, edits) {
  const folder = DOCUMENT_FOLDERS[base];
  const read = async name => ({ name, text: await readFile(join(folder, name), 'utf8') });
  const blueprints = (await readdir(join(folder, 'blueprints'))).toSorted();
  const documents = {
    platform: await read('platform.yaml'),
    blueprints: await Promise.all(blueprints.map(name => read(`blueprints/${name}`))),
  };
  for (const { in: name, replace, with: pieces } of edits) {
    const document = [documents.platform, ...documents.blueprints].find(other => other.name === name);
    assert.ok(document && (replace === undefined || document.text.includes(replace)), `${id}: ${name}: ${replace}`);
    document.text = replace === undefined ? joined(pieces) : document.text.replace(replace, () => joined(pieces));
  }
  return documents;
}

/** How a valid request is rendered, as the package takes it; and what is kept as a whole. */
function rendering({ requestId = 'req-1', now = '2026-01-01T00:00:00Z', attempt = 1, changeFrom, adopt, freeze, delete: deletes, origin, files: kept = [] }) {
  const made = { requestId: 'req-0', createdAt: '2025-06-01T08:00:00Z', ...origin };
  const options = { requestId, now, attempt };
  if (changeFrom !== undefined) return { kept, options: { ...options, kind: 'change', from: yaml(changeFrom), origin: made } };
  if (adopt) return { kept, options: { ...options, kind: 'adopt' } };
  const kind = (freeze && 'freeze') || (deletes && 'delete');
  return { kept, options: kind ? { ...options, kind, origin: made } : options };
}
