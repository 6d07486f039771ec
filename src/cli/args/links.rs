//! The commands about links from other documents into this handbook.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

use super::{ListFormat, Selection};
use crate::lookup;

/// Find the link to something
///
/// Looks for a page, practice, criterion or term by its title, another name, its id or the words of a criterion, in
/// all languages: names that begin like the text before names that are spelt nearly so. Prints the link to the best
/// one in every form. The permalink, `/go/…`, stays the same for good.
#[derive(Args, Clone, Debug)]
#[command(after_help = "\
Examples:
  shirube lookup error budget policy
  shirube lookup エラーバジェット --lang ja
  shirube lookup role:sre --as markdown          [SRE](https://…/go/role/sre/), and nothing else
  shirube lookup \"budget is visible\"            a criterion
  shirube lookup slo --format json --limit 3

Exit codes: 0 found, 1 nothing is called so.")]
pub struct LookupArgs {
    /// What it is called, or nearly; `kind:` before it asks for things of that kind
    #[arg(required = true, value_name = "TEXT")]
    pub text: Vec<String>,
    /// The language of the link, instead of the one in which it was found
    #[arg(short, long, value_name = "TAG")]
    pub lang: Option<String>,
    /// Print the link in this form, and nothing else
    #[arg(long = "as", value_name = "FORM", conflicts_with = "format")]
    pub form: Option<LinkForm>,
    /// How many are shown at most [default: 10; 1 with --as]
    #[arg(short = 'n', long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..))]
    pub limit: Option<u32>,
    /// How what is found is printed
    #[arg(long, value_enum, default_value_t)]
    pub format: ListFormat,
    #[command(flatten)]
    pub selection: Selection,
}

/// A form of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LinkForm {
    /// From the root of the host: /go/slo-targets/
    Permalink,
    /// The whole address
    Url,
    Markdown,
    Html,
    /// reStructuredText
    Rst,
    /// Double brackets, as in the handbook's own pages
    Wiki,
}

impl From<LinkForm> for lookup::Form {
    fn from(form: LinkForm) -> Self {
        match form {
            LinkForm::Permalink => Self::Permalink,
            LinkForm::Url => Self::Url,
            LinkForm::Markdown => Self::Markdown,
            LinkForm::Html => Self::Html,
            LinkForm::Rst => Self::Rst,
            LinkForm::Wiki => Self::Wiki,
        }
    }
}

/// Mend another repository's links into this handbook
///
/// Reads the texts of a folder as `check --inbound` does, shows what it would write in place of links that lead to
/// old addresses, to none, or to a place that its page does not have, and asks. Only what is beyond doubt is
/// written; the rest is reported. Everything else in the files stays as it is, byte for byte.
#[derive(Args, Clone, Debug)]
#[command(after_help = "\
Examples:
  shirube fix-links ../onboarding                 shows the changes and asks
  shirube fix-links ../onboarding --permanent     also turns ordinary addresses into permalinks
  shirube fix-links ../onboarding | git -C ../onboarding apply

Exit codes: 0 every link is right now, 1 something is left to mend.")]
pub struct FixLinksArgs {
    /// The other repository
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub folder: PathBuf,
    /// Show the changes, and do not ask
    #[arg(short = 'n', long, conflicts_with = "yes")]
    pub dry_run: bool,
    /// Write without asking
    #[arg(short, long)]
    pub yes: bool,
    /// Also replace addresses that are right today by permalinks, which are right for good
    #[arg(long)]
    pub permanent: bool,
    /// Take names in double brackets for links into this handbook too
    #[arg(long)]
    pub wiki: bool,
    #[command(flatten)]
    pub selection: Selection,
}
