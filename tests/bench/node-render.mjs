// What a Node author would write in place of `berth render DIR`: ajv, the Workflow as an object, js-yaml.
// As there, each request has an id of its own: REQUEST_ID and the file's name.
//   node node-render.mjs SCHEMA PLATFORM BLUEPRINT DIR REQUEST_ID NOW
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { dump, load } from "js-yaml";
import { stepsOf, withDefaults } from "./node-blueprint.mjs";
import { eachRequest, validator } from "./node-common.mjs";
import { workflowOf } from "./node-workflow.mjs";

const [schema, platformFile, blueprintFile, folder, requestId, now] = process.argv.slice(2);
const validate = validator(schema);
const [platform, blueprint] = [platformFile, blueprintFile].map((file) => load(readFileSync(file, "utf8")));
const steps = stepsOf(platform, blueprint, { now });
for (const file of eachRequest(folder)) {
  const request = JSON.parse(readFileSync(file, "utf8"));
  if (!validate(request)) continue;
  const filled = withDefaults(blueprint, request);
  const id = `${requestId}-${basename(file, ".json")}`;
  const workflow = workflowOf(platform, filled, steps(filled), { requestId: id });
  process.stdout.write(`---\n${dump(workflow, { noRefs: true, lineWidth: -1 })}`);
}
