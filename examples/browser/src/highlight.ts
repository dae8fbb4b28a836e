// Colours YAML, roughly: enough to see keys, texts, numbers, comments and `${...}`. Whether it is right, the core says.

const TOKENS =
  /(?<comment>(?<=^|\s)#.*$)|(?<string>(?<=^|[\s[{,])(?:"(?:[^"\\]|\\.)*"?|'(?:[^']|'')*'?))|(?<key>[\w./$-]+(?=\s*:(?:\s|$)))|(?<number>(?<![\w.-])-?\d+(?![\w.:-]))|(?<constant>\b(?:true|false|null)\b)|(?<mark>^---$|(?<=^\s*)-(?=\s)|[[\]{},:])/g;
const PATHS = /\$\{[^}]*\}/g;

/** A piece of a line, and what it is; `undefined` is plain text. */
export interface Piece {
  text: string;
  kind: string | undefined;
}

/** The pieces of a line. A text of several lines is not recognised as one. */
export function pieces(line: string): Piece[] {
  const found: Piece[] = [];
  let end = 0;
  for (const match of line.matchAll(TOKENS)) {
    found.push(...plain(line.slice(end, match.index)));
    const kind = Object.entries(match.groups ?? {}).find(([, text]) => text !== undefined)?.[0];
    found.push(...(kind === 'comment' ? [{ text: match[0], kind }] : withPaths(match[0], kind)));
    end = match.index + match[0].length;
  }
  return [...found, ...plain(line.slice(end))];
}

function plain(text: string): Piece[] {
  return withPaths(text, undefined);
}

function withPaths(text: string, kind: string | undefined): Piece[] {
  const found: Piece[] = [];
  let end = 0;
  for (const { 0: path, index } of text.matchAll(PATHS)) {
    if (index > end) found.push({ text: text.slice(end, index), kind });
    found.push({ text: path, kind: 'path' });
    end = index + path.length;
  }
  if (end < text.length) found.push({ text: text.slice(end), kind });
  return found;
}

/** A line as elements. */
export function coloured(line: string): (Node | string)[] {
  return pieces(line).map(({ text, kind }) => {
    if (kind === undefined) return text;
    const span = document.createElement('span');
    span.className = `tok-${kind}`;
    span.textContent = text;
    return span;
  });
}
