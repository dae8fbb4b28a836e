// The requests of a repository, judged in CI: exit codes, places, and annotations of GitHub Actions.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { EXAMPLES, run } from "./programs.mjs";

let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "berth-requests-"));
  cpSync(join(EXAMPLES, "namespace.yaml"), join(folder, "payments/namespace.yaml"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("a folder of valid requests is fine, also in folders below", async () => {
  cpSync(join(EXAMPLES, "production.json"), join(folder, "production.json"));
  assert.deepEqual(await run("validate.mjs", folder), { code: 0, stdout: "2 requests, 0 of them not valid\n", stderr: "" });
});

test("a mistake stands with its file, line and column", async () => {
  cpSync(join(EXAMPLES, "invalid.yaml"), join(folder, "invalid.yaml"));
  const { code, stdout } = await run("validate.mjs", folder);
  assert.equal(code, 1);
  assert.match(stdout, /^\S+invalid\.yaml:3:16: error\[pattern\]: `Payments_Checkout` does not match .*did you mean `payments-checkout`\?$/m);
  assert.match(stdout, /^\S+invalid\.yaml:6:15: error\[rule\.production-needs-capacity\]: /m);
  assert.match(stdout, /^2 requests, 1 of them not valid$/m);
});

test("GitHub Actions gets annotations, of one line each", async () => {
  cpSync(join(EXAMPLES, "invalid.yaml"), join(folder, "100%, really.yaml"));
  const { stdout } = await run("validate.mjs", folder, "--format", "github");
  const [first] = stdout.split("\n");
  assert.match(first, /^::error file=\S+100%25%2C really\.yaml,line=3,col=16,title=pattern::`Payments_Checkout` .*%0Adid you mean `payments-checkout`\?$/);
});

test("what is no YAML is an error with a place, and the others are judged all the same", async () => {
  writeFileSync(join(folder, "broken.yaml"), "namespaceName: [payments\nteam: payments\n");
  const { code, stdout } = await run("validate.mjs", folder);
  assert.equal(code, 1);
  assert.match(stdout, /broken\.yaml:\d+:\d+: error\[syntax\]: /);
  assert.match(stdout, /^2 requests, 1 of them not valid$/m);
});

test("own documents judge, and a mistake in them has a place, too", async () => {
  const platform = join(folder, "platform.yaml");
  writeFileSync(platform, "apiVersion: berth.dev/v1alpha1\nkind: Platform\nmetadata: { name: ours }\nspec:\n  currenzy: { code: EUR }\n");
  const { code, stdout } = await run("validate.mjs", join(folder, "payments"), "--platform", platform);
  assert.equal(code, 1);
  assert.match(stdout, /platform\.yaml:5:3: error\[invalid-document\]: unknown key "currenzy"/);
});

test("wrong usage is told apart from a wrong request", async () => {
  assert.equal((await run("validate.mjs")).code, 2);
  assert.equal((await run("validate.mjs", folder, "--format", "xml")).code, 2);
  const { code, stderr } = await run("validate.mjs", join(folder, "nowhere"));
  assert.equal(code, 2);
  assert.match(stderr, /^error: .*nowhere/);
});
