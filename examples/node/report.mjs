// Findings as lines: for people and editors (`file:line:column`), or as annotations of GitHub Actions.

/** One line for one finding: `{ severity, code, file, line, column, message, hint }`. */
export const formats = {
  text({ severity, code, file, line, column, message, hint }) {
    const place = line === undefined ? file : `${file}:${line}:${column}`;
    return `${place}: ${severity}[${code}]: ${message}${hint ? `; ${hint}` : ""}`;
  },
  // https://docs.github.com/actions/reference/workflow-commands-for-github-actions
  github({ severity, code, file, line = 1, column = 1, message, hint }) {
    const place = `file=${property(file)},line=${line},col=${column},title=${property(code)}`;
    return `::${severity} ${place}::${data(hint ? `${message}\n${hint}` : message)}`;
  },
};

/** What a BerthError says, as findings; `file` stands for what it says nothing of. */
export function findingsOf({ code, message, hint, location, errors }, file) {
  return (errors ?? [{ message, hint, location }]).map((problem) => ({
    severity: "error",
    code,
    file: problem.location?.source ?? file,
    line: problem.location?.line,
    column: problem.location?.column,
    message: problem.message,
    hint: problem.hint,
  }));
}

function data(text) {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text) {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
