//! `berth schema`: JSON Schemas for editors and other validators.

use crate::args::{Global, Output, SchemaArgs};
use crate::documents;
use crate::error::{CliError, Outcome};
use crate::output::Console;

pub(super) fn run(args: &SchemaArgs, global: &Global) -> Result<Outcome, CliError> {
    let berth = documents::load(global)?.berth;
    let schema =
        berth.schema(&args.name).map_err(|error| CliError::trouble(error.to_string()).hint(error.hint()))?;
    // A schema is for programs: as text it is JSON, too.
    let output = if global.output() == Output::Yaml { Output::Yaml } else { Output::Json };
    Console::answer(output, &schema)?;
    Ok(Outcome::Fine)
}
