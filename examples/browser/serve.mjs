// Serves dist/ on this machine. The page's own policy (index.html) lets nothing in from elsewhere; what can only be said in a
// header is said here.
//   node serve.mjs [--port 4173]
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const ROOT = fileURLToPath(new URL("dist", import.meta.url));
const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};
const HEADERS = {
  "content-security-policy": "frame-ancestors 'none'",
  "cross-origin-opener-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "cache-control": "no-cache",
};

const { values } = parseArgs({ options: { port: { type: "string", default: "4173" } } });
if (!existsSync(ROOT)) {
  console.error("error: there is no dist/; run `node build.mjs` first");
  process.exit(2);
}
const server = createServer((request, response) => {
  const path = normalize(decodedPath(request.url));
  const file = join(ROOT, path.endsWith("/") ? `${path}index.html` : path);
  const type = TYPES[extname(file)];
  if (!["GET", "HEAD"].includes(request.method) || type === undefined || !isFile(file)) {
    response.writeHead(404, HEADERS).end();
    return;
  }
  response.writeHead(200, { ...HEADERS, "content-type": type });
  createReadStream(file).pipe(response);
});
server.listen(Number(values.port), "127.0.0.1", () => {
  console.log(`The playground is at http://127.0.0.1:${server.address().port}/ (Ctrl+C ends it)`);
});

/** The path of an address, from the root; what can't be decoded leads nowhere. */
function decodedPath(url) {
  try {
    return `/${decodeURIComponent(new URL(url, "http://localhost").pathname)}`;
  } catch {
    return "/404";
  }
}

function isFile(path) {
  return path.startsWith(ROOT) && statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
