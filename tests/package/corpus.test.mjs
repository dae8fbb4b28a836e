// Every case of tests/corpus through the installed package: byte for byte what is expected, and what the program prints.
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { after, before, test } from 'node:test';
import { answer } from './corpus/answer.mjs';
import { corpus, files } from './corpus/cases.mjs';
import { programAnswers } from './corpus/program.mjs';
import { withAllValues, withTexts, withValues } from './corpus/ways.mjs';
import { Project } from './project.mjs';

/** Documents that are no values: their text itself is wrong. */
const NO_VALUES = ['duplicate-key', 'not-yaml', 'empty', 'text-alone', 'two-documents'].map(name => `documents/platform: ${name}`);
/** Fewer cases than these, and the reading of the corpus is broken. */
const FEWEST = { all: 600, values: 550, judged: 400 };

let project;
let modules;
let asked;
let cases;
/** What `@berth/core/yaml` answers to every case as it is written, by the id of the case. */
const byText = new Map();

before(async () => {
  project = await Project.create();
  modules = await import(join(await project.environment('corpus', 'node'), 'modules.mjs'));
  asked = await files();
  cases = asked.flatMap(file => file.cases);
  const way = withTexts(modules.yaml);
  for (const one of cases) byText.set(one.id, answer(way, one));
});
after(() => project?.remove());

test('every answer is what is expected, and nothing else is expected', async t => {
  const used = [];
  const agree = async (name, found) => {
    used.push(name);
    assert.equal(found, await readFile(join(corpus, name), 'utf8'), name);
  };
  for (const { name, cases: ofFile } of asked) {
    const answers = Object.fromEntries(ofFile.map(one => [one.name, byText.get(one.id).answer]));
    const folder = join(dirname(name), 'expected');
    await agree(join(folder, `${name.split('/').at(-1)}.json`), pretty(answers));
    for (const one of ofFile) {
      const { kept } = byText.get(one.id);
      assert.equal(Object.keys(kept).length, one.render.kept.length, one.id);
      for (const [ending, text] of Object.entries(kept)) await agree(join(folder, `${one.name}.${ending}`), text);
    }
  }
  assert.deepEqual(used.toSorted(), (await expectedFiles()).toSorted());
  count(t, cases, FEWEST.all);
});

const WITHOUT_YAML = { core: withValues, bare: withAllValues };
for (const [name, wayOf] of Object.entries(WITHOUT_YAML)) {
  test(`the module \`${name}\` answers the same to values`, t => {
    const way = wayOf(modules[name]);
    const values = cases.filter(isValue);
    for (const one of values) {
      const found = answer(way, one);
      const expected = byText.get(one.id);
      // Where documents are wrong, values have no lines; their mistakes have the same pointers.
      if (found.mistakes === undefined) assert.deepEqual(found.answer, expected.answer, one.id);
      assert.deepEqual({ ...found, answer: undefined }, { ...expected, answer: undefined }, one.id);
    }
    count(t, values, FEWEST.values);

    const texts = cases.filter(one => !isValue(one));
    const source = ({ name: file, text }) => new way.core.Source(text, file);
    for (const { id, request, documents } of texts) {
      const act = NO_VALUES.includes(id)
        ? () => new way.core.Berth({ platform: source(documents.platform), blueprints: [] })
        : () => way.load(documents).decide(source(request));
      assert.throws(act, { name: 'BerthError', message: /this build of Berth reads JSON only/ }, id);
    }
    t.diagnostic(`${texts.length} cases are about the text of YAML: it says that it reads JSON only`);
  });
}

function isValue({ id, expects, request }) {
  if (expects !== 'unreadable') return !NO_VALUES.includes(id);
  // Texts that are no values: of JSON, and those that are too long to look at.
  return request.name.endsWith('.json') || byText.get(id).answer.unreadable.code === 'too-long';
}

test('the program prints the same decisions, plans and Workflows', async t => {
  const judged = cases.filter(({ expects }) => expects === 'valid' || expects === 'violations');
  const printed = await programAnswers(judged, join(project.folder, 'program'));
  for (const { id } of judged) assert.deepEqual(byText.get(id).printed, printed.get(id), id);
  count(t, judged, FEWEST.judged);
});

function pretty(value) {
  return `${JSON.stringify(value, null, 2)}\n`;
}

async function expectedFiles() {
  const all = await readdir(corpus, { recursive: true, withFileTypes: true });
  const names = all.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
  return names.map(name => relative(corpus, name)).filter(name => dirname(name).endsWith('/expected'));
}

function count(t, { length }, fewest) {
  assert.ok(length >= fewest, `only ${length} cases`);
  t.diagnostic(`${length} cases`);
}
