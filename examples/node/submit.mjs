// Renders a request, hands the Workflow to Argo and follows it to its end. Run it again with the same id and moment, and nothing
// is made twice.
//   node submit.mjs FILE --argo URL [--request-id ID] [--now RFC3339] [--platform FILE] [--blueprints FOLDER]
// A token is taken from the environment variable ARGO_TOKEN. Exit code 0: what was asked for is there. 1: the request is not
// valid, needs an approval, or failed. 2: wrong usage, or a file or the network failed.
import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";
import { BerthError, locate } from "@berth/core/yaml";
import { Argo } from "./argo.mjs";
import { documentOptions, loadBerth, source } from "./documents.mjs";
import { findingsOf, formats } from "./report.mjs";

const USAGE = "usage: node submit.mjs FILE --argo URL [--request-id ID] [--now RFC3339] [--platform FILE] [--blueprints FOLDER]";

try {
  process.exitCode = await run(readArguments());
} catch (error) {
  if (error instanceof BerthError) {
    for (const finding of findingsOf(error, "submit")) console.error(formats.text(finding));
    process.exitCode = error.code === "invalid-argument" ? 2 : 1;
  } else {
    console.error(`error: ${error.message}${error.cause ? `: ${error.cause.message}` : ""}`);
    process.exitCode = 2;
  }
}

async function run({ file, argo: url, requestId, now, ...documents }) {
  const berth = loadBerth(documents);
  const request = source(file);
  const decision = berth.decide(request, { now });
  if (!decision.valid) {
    for (const violation of decision.violations) {
      console.error(formats.text({ ...violation, file, ...locate(request, violation.path) }));
    }
    return 1;
  }
  // An approval can't be given from here: only the backend knows who has agreed to what.
  if (decision.approval.required) {
    for (const { by, reason } of decision.approval.requirements) {
      console.error(`${file}: needs the approval of ${by.join(" or ")}: ${reason}`);
    }
    return 1;
  }

  const argo = new Argo(url, process.env.ARGO_TOKEN);
  const workflow = berth.render(request, { target: "workflow", requestId, now });
  const how = await argo.submit(workflow);
  console.log(`${workflow.metadata.name}: ${how === "created" ? "created" : "it is there already"} (request ${requestId})`);
  const { phase, message } = await argo.follow(workflow.metadata, stepsPrinter());
  console.log(`${phase}${message ? `: ${message}` : ""}`);
  return phase === "Succeeded" ? 0 : 1;
}

/** Prints each step when it has ended; the steps are the containers of the Workflow's pods. */
function stepsPrinter() {
  const printed = new Set();
  return ({ nodes = {} }) => {
    for (const { id, type, displayName, phase, message } of Object.values(nodes)) {
      if (type !== "Container" || !["Succeeded", "Failed", "Error"].includes(phase) || printed.has(id)) continue;
      printed.add(id);
      console.log(`  ${displayName}: ${phase}${message ? ` (${message.trim()})` : ""}`);
    }
  };
}

function readArguments() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      argo: { type: "string" },
      "request-id": { type: "string", default: randomUUID() },
      now: { type: "string", default: new Date().toISOString() },
      ...documentOptions,
    },
  });
  const { "request-id": requestId, ...options } = values;
  if (positionals.length !== 1 || options.argo === undefined) throw new Error(USAGE);
  return { file: positionals[0], requestId, ...options };
}
