//! `berth policy export`: the policy as objects for a cluster, or as a page for people.

use std::io::Write;

use berth_core::ExportError;
use berth_core::emit::to_yaml_documents;
use serde_json::{Value, json};

use crate::args::{ExportFormat, Global, Output, PolicyExportArgs};
use crate::documents;
use crate::error::{CliError, Outcome};
use crate::output::Console;
use crate::report::Notice;

pub(super) fn run(args: &PolicyExportArgs, global: &Global, console: &Console) -> Result<Outcome, CliError> {
    let berth = documents::load(global)?.berth;
    let exported = match args.format {
        ExportFormat::Markdown => {
            let mut writer = console.text();
            writer.write_all(berth.export_markdown().as_bytes())?;
            writer.flush()?;
            return Ok(Outcome::Fine);
        }
        ExportFormat::Admission => berth.export_admission(),
        ExportFormat::Rbac => berth.export_rbac(),
    };
    match exported {
        Ok(objects) => write(global.output(), &objects)?,
        Err(error) => {
            complain(&error, console);
            return Ok(Outcome::Invalid);
        }
    }
    Ok(Outcome::Fine)
}

/// Objects are for kubectl: as text they are YAML, too.
fn write(output: Output, objects: &[Value]) -> Result<(), CliError> {
    if output == Output::Json {
        Console::answer(output, &json!({ "apiVersion": "v1", "kind": "List", "items": objects }))?;
    } else {
        let mut writer = Console::data();
        writer.write_all(to_yaml_documents(objects).as_bytes())?;
        writer.flush()?;
    }
    Ok(())
}

fn complain(error: &ExportError, console: &Console) {
    for problem in &error.problems {
        let notice = Notice::error(&problem.message).hint(Some(&problem.hint));
        console.complain(&notice.render(&console.err_renderer()));
    }
}
