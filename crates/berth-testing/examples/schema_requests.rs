//! Writes generated requests with the verdict of `decide`, for `tests/ajv`: for each set of documents a line
//! `{name, schema}`, then lines `{request, valid}`.

use std::io::{self, Write};

use berth_testing::Requests;
use serde_json::json;

/// For each set of documents.
const REQUESTS: usize = 20_000;

fn main() -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for (name, mut requests) in
        [("defaults", Requests::of_the_defaults()), ("harbour", Requests::of_the_harbour())]
    {
        writeln!(out, "{}", json!({ "name": name, "schema": requests.schema }))?;
        for _ in 0..REQUESTS {
            let (request, verdict) = requests.draw();
            writeln!(out, "{}", json!({ "request": request, "valid": verdict.valid }))?;
        }
    }
    out.flush()
}
