// The packed package in every environment that it is for: each gives the answers that the program gives.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { noBackstage, viteServer, withBackstage, withRspack, withVite, withWebpack } from './environments/bundlers.mjs';
import { files, inPage, launch } from './environments/chromium.mjs';
import { inJest, inNode } from './environments/node.mjs';
import { RESOLUTIONS, areTheTypesWrong, compile, publint } from './environments/types.mjs';
import { expected } from './expected.mjs';
import { Project, repository } from './project.mjs';

let project;
let wanted;

before(async () => {
  project = await Project.create();
  const { asked } = await inNode(project, 'mjs');
  wanted = await expected(asked, `${project.folder}/program`);
});
after(() => project?.remove());

/** Says which answer differs; whole answers would fill pages. */
function agree(answers) {
  assert.deepEqual(Object.keys(answers).toSorted(), Object.keys(wanted).toSorted());
  for (const [name, answer] of Object.entries(answers)) assert.equal(answer, wanted[name], name);
}

test('the licence is in it', async () => {
  const installed = `${project.folder}/node_modules/@berth/core/LICENSE`;
  assert.equal(await readFile(installed, 'utf8'), await readFile(`${repository}/LICENSE`, 'utf8'));
});

describe('Node', { concurrency: 2 }, () => {
  test('ES module', async () => agree(await inNode(project, 'mjs')));
  test('CommonJS module', async () => agree(await inNode(project, 'cjs')));
  test('jest, in its node and its jsdom environment', async () => {
    const { node, jsdom } = await inJest(project);
    agree(node);
    agree(jsdom);
  });
});

describe('TypeScript', { concurrency: 2 }, () => {
  for (const resolution of RESOLUTIONS) {
    test(`moduleResolution ${resolution.moduleResolution}, .${resolution.ending}`, () => compile(project, resolution));
  }
  test('are the types wrong?', () => areTheTypesWrong(project));
  test('publint', () => publint(project));
});

describe('Chromium, where only WebAssembly may be compiled', { concurrency: 2 }, () => {
  let browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser?.close());

  async function open(handler) {
    const { answers, evalIsForbidden } = await inPage(browser, handler);
    assert.ok(evalIsForbidden, 'the policy of the page was not heeded');
    agree(answers);
  }

  test('webpack', async () => open(files(await withWebpack(project))));
  test('rspack', async () => open(files(await withRspack(project))));
  test("backstage-cli's rspack", { skip: noBackstage }, async () => open(files(await withBackstage(project))));
  test('Vite, built', async () => open(files(await withVite(project))));
  test('Vite, its development server', async () => {
    const vite = await viteServer(project);
    try {
      await open(vite.middlewares);
    } finally {
      await vite.close();
    }
  });
});
