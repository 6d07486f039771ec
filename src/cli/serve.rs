//! `shirube serve`: the site while it is written.

use super::args::{Global, ServeArgs};
use super::report::Verdict;
use super::terminal::Terminal;
use super::{root, seam};
use crate::diag::Failure;

pub fn run(args: &ServeArgs, global: &Global, terminal: &Terminal) -> Result<Verdict, Failure> {
    let job = seam::job(&root::find(global)?, &args.selection);
    if !args.interface.is_loopback() {
        terminal.say(&format!(
            "{} is no loopback address: others on the network can read what is served",
            args.interface
        ));
    }
    seam::serve(&job, args.interface, args.port, args.open)?;
    Ok(Verdict::Fine)
}
