// A request is handed to the sandbox and followed; what is not valid, not approved or not ours is refused.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Argo } from "../argo.mjs";
import { EXAMPLES, run, startSandbox } from "./programs.mjs";

let sandbox;
let folder;
before(async () => {
  sandbox = await startSandbox();
  folder = mkdtempSync(join(tmpdir(), "berth-submit-"));
});
after(async () => {
  await sandbox.stop();
  rmSync(folder, { recursive: true });
});

/** The example's request, for a namespace of its own. */
function request(name) {
  const file = join(folder, `${name}.yaml`);
  writeFileSync(file, readFileSync(join(EXAMPLES, "namespace.yaml"), "utf8").replace("argo-test-1", name));
  return file;
}

test("a request becomes a namespace, and submitting it again makes nothing twice", async () => {
  const args = ["submit.mjs", request("payments-checkout"), "--argo", sandbox.url, "--request-id", "pay-1", "--now", "2026-01-01T00:00:00Z"];
  const first = await run(...args);
  assert.equal(first.code, 0, first.stderr);
  assert.match(first.stdout, /^berth-namespace-[0-9a-f]{16}: created \(request pay-1\)$/m);
  assert.match(first.stdout, /^ {2}quotas: Succeeded$/m);
  assert.match(first.stdout, /^Succeeded$/m);

  const second = await run(...args);
  assert.equal(second.code, 0);
  assert.match(second.stdout, /: it is there already \(request pay-1\)$/m);

  const objects = await (await fetch(`${sandbox.url}/sandbox/objects`)).text();
  assert.match(objects, /payments-checkout/);
});

test("a 409 of another Workflow is no success", async () => {
  const args = ["submit.mjs", request("payments-ledger"), "--argo", sandbox.url, "--request-id", "pay-2", "--now"];
  assert.equal((await run(...args, "2026-01-01T00:00:00Z")).code, 0);
  const { code, stderr } = await run(...args, "2026-01-02T00:00:00Z");
  assert.equal(code, 2);
  assert.match(stderr, /another Workflow is called berth-namespace-.*spec-hash/);
});

test("a Workflow that fails is followed to its end, and is a failure", async () => {
  const failing = await startSandbox("--fail", "quotas:9");
  try {
    const { code, stdout } = await run("submit.mjs", request("payments-reports"), "--argo", failing.url);
    assert.equal(code, 1);
    assert.match(stdout, /^ {2}quotas: Failed/m);
    assert.match(stdout, /^Failed: /m);
  } finally {
    await failing.stop();
  }
});

test("what needs an approval is refused, and so is what is not valid", async () => {
  const production = await run("submit.mjs", join(EXAMPLES, "production.json"), "--argo", sandbox.url);
  assert.equal(production.code, 1);
  assert.match(production.stderr, /needs the approval of group:default\/platform-admins/);

  const invalid = await run("submit.mjs", join(EXAMPLES, "invalid.yaml"), "--argo", sandbox.url);
  assert.equal(invalid.code, 1);
  assert.match(invalid.stderr, /invalid\.yaml:3:16: error\[pattern\]/);
});

test("Argo that isn't there is a failure of the network", async () => {
  const server = createServer();
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  const { code, stderr } = await run("submit.mjs", request("payments-gateway"), "--argo", `http://127.0.0.1:${port}`);
  assert.equal(code, 2);
  assert.match(stderr, /^error: fetch failed: .*ECONNREFUSED/);
});

test("a stream that breaks is followed anew", async () => {
  let streams = 0;
  const event = (phase) => `data: ${JSON.stringify({ result: { type: "MODIFIED", object: { status: { phase } } } })}\n\n`;
  const server = createServer((_, response) => {
    streams += 1;
    response.writeHead(200, { "content-type": "text/event-stream" });
    if (streams > 1) return response.end(event("Succeeded"));
    response.write(event("Running"), () => response.destroy());
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  try {
    const phases = [];
    const argo = new Argo(`http://127.0.0.1:${server.address().port}`);
    await argo.follow({ name: "berth-namespace-1", namespace: "berth-workflows" }, ({ phase }) => phases.push(phase));
    assert.deepEqual(phases, ["Running", "Succeeded"]);
    assert.equal(streams, 2);
  } finally {
    server.close();
  }
});
