// Puts generated requests to ajv in its strictest mode and compares its verdicts with those of `decide`.
//   cargo run --package berth-testing --example schema_requests | node tests/ajv/compare.mjs
// Lines on stdin: {name, schema} begins a set of documents, {request, valid} is a request and what `decide` says.
// Every file of schemas/ must compile, too.
import { readFileSync, readdirSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import Ajv from "ajv/dist/2020.js";

const SCHEMAS = new URL("../../schemas/", import.meta.url);
const FEWEST = 20000;

/** ajv that takes nothing it doesn't know: no unknown keyword, no unknown format, a type beside every keyword. */
const compile = (schema) => new Ajv({ strict: true, allErrors: true }).compile(schema);

for (const file of readdirSync(SCHEMAS)) {
  try {
    compile(JSON.parse(readFileSync(new URL(file, SCHEMAS), "utf8")));
  } catch (error) {
    fail(`${fileURLToPath(new URL(file, SCHEMAS))}: ${error.message}`);
  }
}

const sets = [];
let validate;
for await (const line of createInterface({ input: process.stdin })) {
  const { name, schema, request, valid } = JSON.parse(line);
  if (schema) {
    validate = compile(schema);
    sets.push({ name, requests: 0, valid: 0 });
    continue;
  }
  const set = sets.at(-1);
  set.requests += 1;
  set.valid += valid ? 1 : 0;
  if (validate(request) !== valid) {
    fail(`decide says ${valid}, ajv ${JSON.stringify(validate.errors)}, of ${line}`);
  }
}
for (const { name, requests, valid } of sets) {
  console.log(`${name}: ${requests} requests, ${valid} of them valid, one verdict`);
  if (requests < FEWEST) fail(`too few requests: ${requests} of ${FEWEST}`);
}
if (sets.length === 0) fail("no requests on stdin");

function fail(message) {
  console.error(`error: ${message}`);
  process.exit(1);
}
