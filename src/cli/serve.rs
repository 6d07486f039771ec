//! `shirube serve`: the site while it is written.

use super::args::{Global, ServeArgs};
use super::report::{Verdict, with_configuration};
use super::terminal::{Stream, Terminal};
use super::{root, seam};
use crate::diag::{Failure, Format};

pub fn run(args: &ServeArgs, global: &Global, terminal: &Terminal) -> Result<Verdict, Failure> {
    let job = seam::job(&root::find(global)?, &args.selection);
    if !args.interface.is_loopback() {
        terminal.say(&format!(
            "{} is no loopback address: others on the network can read what is served",
            args.interface
        ));
    }
    let served = seam::serve(&job, args.interface, args.port, args.open);
    with_configuration(served, terminal, Stream::Error, Format::Human)?;
    Ok(Verdict::Fine)
}
