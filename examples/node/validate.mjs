// Judges every request of a folder, for CI: what is wrong stands with its file and line.
//   node validate.mjs FOLDER [--format text|github] [--platform FILE] [--blueprints FOLDER]
// Exit code 0: all are valid. 1: a request or a document is not. 2: wrong usage, or a file can't be read.
import { parseArgs } from "node:util";
import { BerthError, locate } from "@berth/core/yaml";
import { documentOptions, documentsIn, loadBerth, source } from "./documents.mjs";
import { findingsOf, formats } from "./report.mjs";

const USAGE = "usage: node validate.mjs FOLDER [--format text|github] [--platform FILE] [--blueprints FOLDER]";

try {
  process.exitCode = validate(readArguments());
} catch (error) {
  console.error(`error: ${error.message}`);
  process.exitCode = 2;
}

function validate({ folder, line, ...documents }) {
  const files = documentsIn(folder);
  if (files.length === 0) throw new Error(`there are no requests (*.yaml, *.yml, *.json) in ${folder}`);
  let berth;
  try {
    berth = loadBerth(documents);
  } catch (error) {
    if (!(error instanceof BerthError)) throw error;
    print(findingsOf(error, "documents"), line);
    return 1;
  }
  const now = new Date().toISOString();
  const invalid = files.filter((file) => !isValid(berth, file, now, line));
  console.log(`${files.length} requests, ${invalid.length} of them not valid`);
  return invalid.length === 0 ? 0 : 1;
}

function isValid(berth, file, now, line) {
  const request = source(file);
  try {
    const { valid, violations } = berth.decide(request, { now });
    print(violations.map((violation) => ({ ...violation, file, ...locate(request, violation.path) })), line);
    return valid;
  } catch (error) {
    // What can't be read at all is an error with a place, and no decision.
    if (!(error instanceof BerthError)) throw error;
    print(findingsOf(error, file), line);
    return false;
  }
}

function print(findings, line) {
  for (const finding of findings) console.log(line(finding));
}

function readArguments() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { format: { type: "string", default: "text" }, ...documentOptions },
  });
  const { format, ...documents } = values;
  const line = Object.hasOwn(formats, format) ? formats[format] : undefined;
  if (positionals.length !== 1 || line === undefined) throw new Error(USAGE);
  return { folder: positionals[0], line, ...documents };
}
