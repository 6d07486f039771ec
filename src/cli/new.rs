//! `shirube new`: a file of a kind, from its archetype.

use std::path::Path;

use super::args::{Global, NewArgs};
use super::report::Verdict;
use super::root;
use super::terminal::Terminal;
use crate::author::new::{Request, new};
use crate::author::write::Root;
use crate::diag::Failure;
use crate::model::Kind;
use crate::pipeline;
use crate::source;

pub fn run(args: &NewArgs, global: &Global, terminal: &Terminal) -> Result<Verdict, Failure> {
    let place = root::find(global)?;
    let kind = Kind::from(args.kind);
    let date = match args.date {
        Some(date) => date,
        None => source::today()?,
    };
    let default_language = pipeline::default_language(&place.root, &place.config)?;
    let language = args.lang.as_deref().filter(|language| *language != default_language);
    let archetype = own_archetype(&place.root, kind, language)?;
    let request = Request {
        kind,
        id: &args.id,
        area: args.area.as_deref(),
        title: args.title.as_deref(),
        language,
        date,
        archetype: archetype.as_deref(),
    };
    let hash = |original: &str| Ok(pipeline::translations(&place.root, &place.config)?.hash(original));
    let written = new(&request, &Root::open(&place.root)?, hash)?;
    // As the user would type it, where that is shorter.
    let current = std::env::current_dir().unwrap_or_default();
    let shown = written.strip_prefix(&current).unwrap_or(&written);
    terminal.data(&format!("{}\n", shown.display()))?;
    Ok(Verdict::Fine)
}

/// The handbook's own archetype of a kind, if it has one; that of the language before that of the kind.
fn own_archetype(root: &Path, kind: Kind, language: Option<&str>) -> Result<Option<String>, Failure> {
    let extension = if kind == Kind::Slo { "yaml" } else { "md" };
    let of_language = language.map(|language| format!("archetypes/{kind}.{language}.{extension}"));
    let of_kind = language.is_none().then(|| format!("archetypes/{kind}.{extension}"));
    for name in of_language.into_iter().chain(of_kind) {
        if let Some(text) = source::read_root_file(root, Path::new(&name))? {
            return Ok(Some(text));
        }
    }
    Ok(None)
}
