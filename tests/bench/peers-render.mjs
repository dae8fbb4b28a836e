// The pipelines from a request to the YAML of its Workflow as one would build them in Node. The peers get the Workflow as an object, made by
// Berth beforehand: only judging and writing are timed on their side.
import { readFileSync } from "node:fs";
import * as yaml5 from "js-yaml";
import yaml4 from "js-yaml-4";
import nunjucks from "nunjucks";

const DUMP = { noRefs: true, lineWidth: -1 };
const template = nunjucks.compile(
  readFileSync(new URL("workflow.njk", import.meta.url), "utf8"),
  new nunjucks.Environment(null, { autoescape: false }),
);

/** The pipelines by name: functions from a request and its Workflow to YAML. `validate` are the peers of `decide`. */
export function pipelines({ ajv, joi }) {
  const judged = (isValid, write) => (request, workflow) => {
    if (!isValid(request)) throw new Error(`not valid: ${JSON.stringify(request)}`);
    return write(workflow);
  };
  return {
    "ajv + js-yaml 4": judged(ajv, (workflow) => yaml4.dump(workflow, DUMP)),
    "ajv + js-yaml 5": judged(ajv, (workflow) => yaml5.dump(workflow, DUMP)),
    "Joi + nunjucks": judged(joi, (workflow) => template.render(workflow)),
  };
}
