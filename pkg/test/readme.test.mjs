// Every snippet of the README runs, and prints what its reader would expect.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const folder = new URL('..', import.meta.url);
const readme = readFileSync(new URL('README.md', folder), 'utf8');
const snippets = [...readme.matchAll(/^```js\n([^]*?)^```$/gm)].map(([, code]) => code);
/** What each of them prints, in the README's order. */
const PRINTS = [
  /^\/networkPolicy production namespaces can't be open to the whole cluster choose `isolated` or `team-shared`\n$/,
  /^$/,
  /^true\n$/,
  /^true\n$/,
  /^platform\.yaml:2:7: .*write `Platform`[^]*rule-never-fires/,
];

test('as many snippets as are expected', () => assert.equal(snippets.length, PRINTS.length));

for (const [index, code] of snippets.entries()) {
  test(`snippet ${index + 1}: ${code.split('\n')[0]}`, () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', code], {
      cwd: folder,
      encoding: 'utf8',
    });
    assert.equal(status, 0, stderr);
    assert.match(stdout, PRINTS[index]);
  });
}
