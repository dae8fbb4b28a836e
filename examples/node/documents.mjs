// The documents of your own platform, from files; those that come with Berth stand in for what is left out.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Berth, Source } from "@berth/core/yaml";

/** The options of a command line that say where documents are, for `parseArgs`. */
export const documentOptions = {
  platform: { type: "string" },
  blueprints: { type: "string" },
};

/** Text of a file, under its name: errors say where they are. */
export const source = (file) => new Source(readFileSync(file, "utf8"), file);

/** YAML and JSON files below a folder, in order; hidden ones and packages are left out. */
export function documentsIn(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((file) => /\.(ya?ml|json)$/.test(file) && !/(^|[/\\])(\.|node_modules[/\\])/.test(file))
    .sort()
    .map((file) => join(folder, file));
}

/** Reads the platform document, and the folder of blueprints. Throws a BerthError that says what is wrong, and where. */
export function loadBerth({ platform, blueprints }) {
  return new Berth({
    platform: platform === undefined ? undefined : source(platform),
    blueprints: blueprints === undefined ? undefined : documentsIn(blueprints).map(source),
  });
}
