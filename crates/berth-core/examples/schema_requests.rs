//! Writes generated requests with the verdict of `decide`, for `tests/ajv`: for each pair of documents a line
//! `{name, schema}`, then lines `{request, valid}`.

#[path = "../tests/schema_differential/generate.rs"]
mod generate;
#[path = "../tests/schema_differential/random.rs"]
mod random;
#[path = "../tests/schema_differential/subject.rs"]
mod subject;

use std::io::{self, Write};

use serde_json::json;
use subject::Subject;

fn main() -> io::Result<()> {
    let requests = std::env::args().nth(1).and_then(|number| number.parse::<usize>().ok()).unwrap_or(20_000);
    let mut out = io::BufWriter::new(io::stdout().lock());
    for (name, mut subject) in [("defaults", Subject::defaults()), ("harbour", Subject::harbour())] {
        writeln!(out, "{}", json!({ "name": name, "schema": subject.schema }))?;
        for _ in 0..requests {
            let request = subject.generator.request();
            let valid = subject.decide(&request.to_string()).valid;
            writeln!(out, "{}", json!({ "request": request, "valid": valid }))?;
        }
    }
    out.flush()
}
