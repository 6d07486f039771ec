//! `shirube serve`: the site while it is written.

use super::args::{Global, ServeArgs};
use super::job::job;
use super::report::{Verdict, with_configuration};
use super::root;
use super::terminal::{Stream, Terminal};
use crate::diag::{Failure, Format};
use crate::pipeline;
use crate::serve::ServeOptions;

pub fn run(args: &ServeArgs, global: &Global, terminal: &Terminal) -> Result<Verdict, Failure> {
    let job = job(&root::find(global)?, &args.selection);
    let mut options = ServeOptions::new(job.root.clone());
    options.interface = args.interface;
    options.port = args.port;
    options.open = args.open;
    options.quiet = global.quiet;
    with_configuration(pipeline::preview(&job, options), terminal, Stream::Error, Format::Human)?;
    Ok(Verdict::Fine)
}
