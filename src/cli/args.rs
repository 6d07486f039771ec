//! The command line as typed: commands, flags, and what `--help` says about them.

mod export;
mod links;

use std::net::IpAddr;
use std::path::PathBuf;

use clap::{Args, ColorChoice, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;
use jiff::civil::Date;

use crate::diag;
use crate::model;
pub use export::{ExportArgs, RecordFormat};
pub use links::{FixLinksArgs, LookupArgs};

/// Publish an organisation's reliability handbook from markdown.
#[derive(Clone, Debug, Parser)]
#[command(
    name = "shirube",
    version,
    subcommand_required = true,
    arg_required_else_help = true,
    after_help = "\
Examples:
  shirube init demo && cd demo    start a small handbook that works
  shirube serve --open            write; the browser follows
  shirube check                   report everything that is wrong
  shirube build                   write public/, ready for any static host

Exit codes: 0 fine, 1 findings in the content, 2 usage or configuration, 3 the machine failed.
Without --root, the handbook is the nearest folder upward that holds a handbook.yaml."
)]
pub struct CommandLine {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

/// Flags that every command takes, before or after its name.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Global options")]
pub struct Global {
    /// The handbook's folder
    #[arg(short, long, global = true, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub root: Option<PathBuf>,
    /// The configuration file; its folder is the root unless --root says otherwise [default: handbook.yaml]
    #[arg(short, long, global = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub config: Option<PathBuf>,
    /// Say more about what is done
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    pub verbose: bool,
    /// Say nothing but what is wrong
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Use colours; `auto` looks at the terminal, NO_COLOR and CLICOLOR_FORCE
    #[arg(long, global = true, value_name = "WHEN", default_value_t = ColorChoice::Auto)]
    pub color: ColorChoice,
}

#[derive(Clone, Debug, Subcommand)]
pub enum Command {
    Init(InitArgs),
    Serve(ServeArgs),
    Build(BuildArgs),
    Check(CheckArgs),
    New(NewArgs),
    Reviewed(ReviewedArgs),
    Translated(TranslatedArgs),
    Search(SearchArgs),
    Lookup(LookupArgs),
    FixLinks(FixLinksArgs),
    List(ListArgs),
    Assess(AssessArgs),
    Score(ScoreArgs),
    Export(ExportArgs),
    Completions(CompletionsArgs),
    Man(ManArgs),
}

/// Start a handbook
///
/// Writes a small handbook that works, with a page or two of every kind. No file is ever overwritten, and a
/// folder that holds a handbook already is left alone.
#[derive(Args, Clone, Debug)]
#[command(after_help = "\
Examples:
  shirube init demo           a small handbook in the new folder demo
  shirube init --full         the whole default handbook, in English and Japanese, here")]
pub struct InitArgs {
    /// The folder, made where it is missing
    #[arg(value_name = "DIR", default_value = ".", value_hint = ValueHint::DirPath)]
    pub folder: PathBuf,
    /// Write the whole default handbook
    #[arg(long)]
    pub full: bool,
}

/// Preview while you write
///
/// Builds in memory and serves on this machine only. Every save rebuilds what changed and reloads the browser;
/// mistakes are shown there and here, and the last good site stays up.
#[derive(Args, Clone, Debug)]
#[command(after_help = "\
Examples:
  shirube serve --open
  shirube serve --drafts --port 8080")]
pub struct ServeArgs {
    #[command(flatten)]
    pub selection: Selection,
    /// Address to listen on; anything but a loopback address shows your drafts to the network
    #[arg(short, long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub interface: IpAddr,
    /// Port to listen on; 0 takes any free one
    #[arg(short, long, default_value_t = 1111)]
    pub port: u16,
    /// Open the browser
    #[arg(long)]
    pub open: bool,
}

/// Write the site
///
/// The output folder becomes the new site in one step, or stays the last good one. New permalinks are added to
/// permalinks.lock: commit it.
#[derive(Args, Clone, Debug)]
#[command(after_help = "\
Examples:
  shirube build
  shirube build --locked --format github       in continuous integration
  shirube build --offline -o handbook-offline  to read from the disk
  shirube build --audience public              without internal pages")]
pub struct BuildArgs {
    #[command(flatten)]
    pub selection: Selection,
    /// The output folder, relative to the root
    #[arg(short, long, value_name = "DIR", default_value = "public", value_hint = ValueHint::DirPath)]
    pub output_dir: PathBuf,
    /// Fail when permalinks.lock would have to change
    #[arg(long)]
    pub locked: bool,
    /// Write links and data for reading from the disk, without a server
    #[arg(long)]
    pub offline: bool,
    /// Publish in spite of mistakes in the content; still exits with 1
    #[arg(long)]
    pub lenient: bool,
    /// Publish into a folder that was not made by shirube; files that are no part of the site are kept
    #[arg(long)]
    pub force: bool,
    #[command(flatten)]
    pub report: Report,
}

/// Report everything that is wrong
///
/// Reports what `build` would complain about and more, each with its place and a way to mend it. Writes nothing.
#[derive(Args, Clone, Debug)]
#[command(after_help = "\
Examples:
  shirube check
  shirube check --strict --format github       in continuous integration
  shirube check --format short | grep link/
  shirube check --due                          also what is due
  shirube check --inbound ../onboarding        also the links of another repository into this handbook

`shirube list codes` explains every code; handbook.yaml can silence one, with a reason.")]
pub struct CheckArgs {
    #[command(flatten)]
    pub selection: Selection,
    /// Fail on warnings too (not on hints)
    #[arg(long)]
    pub strict: bool,
    /// Make warnings of what is due: reviews, actions, decisions
    #[arg(long)]
    pub due: bool,
    /// Another repository, whose links into this handbook are checked too; can be given again
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub inbound: Vec<PathBuf>,
    /// Take names in double brackets of other repositories for links into this handbook
    #[arg(long, requires = "inbound")]
    pub wiki: bool,
    #[command(flatten)]
    pub report: Report,
}

/// What of the handbook is read, and where it will stand.
#[derive(Args, Clone, Debug, Default)]
pub struct Selection {
    /// Where the site will stand, instead of `base_url` in the configuration
    #[arg(short = 'u', long, value_name = "URL", value_hint = ValueHint::Url)]
    pub base_url: Option<String>,
    /// Include pages marked `draft: true`
    #[arg(long)]
    pub drafts: bool,
    /// The readers this site is for, instead of `audience` in the configuration
    #[arg(long, value_name = "NAME")]
    pub audience: Option<String>,
}

/// How findings are printed.
#[derive(Args, Clone, Copy, Debug, Default)]
pub struct Report {
    /// How findings are printed
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// With an excerpt and advice
    #[default]
    Human,
    /// A line each
    #[value(help = "A line each: path:line:column: error[code]: message")]
    Short,
    /// One JSON object
    Json,
    /// Workflow commands of GitHub Actions
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
}

impl From<Format> for diag::Format {
    fn from(format: Format) -> Self {
        match format {
            Format::Human => Self::Human,
            Format::Short => Self::Short,
            Format::Json => Self::Json,
            Format::Github => Self::Github,
            Format::Sarif => Self::Sarif,
        }
    }
}

/// Start a file of a kind
///
/// Writes a file with the front matter of its kind, each key explained, at the place where the kind lives, and
/// prints its path. A file that is there already is left alone. A handbook's own archetypes/KIND.md (slo.yaml) is
/// used instead where there is one; {{title}}, {{id}} and {{date}} in it are filled.
#[derive(Args, Clone, Debug)]
#[command(after_help = "\
Examples:
  shirube new area slo --title \"Service level objectives\"
  shirube new practice error-budget-policy --area slo
  shirube new practice slo/error-budget-policy        the same
  shirube new playbook restore-drill --title \"Restore drill\"
  shirube new postmortem checkout-timeouts --date 2026-06-18
  shirube new assessment checkout                     of today
  shirube new level 3-fitted
  shirube new page guides/first-week --lang ja        content/guides/first-week.ja.md")]
pub struct NewArgs {
    pub kind: Kind,
    /// The new thing's id; of an assessment its team, of a level its number and id, of a page its path
    pub id: String,
    /// The title; made from the id when not given
    #[arg(short, long)]
    pub title: Option<String>,
    /// The area of a practice
    #[arg(short, long)]
    pub area: Option<String>,
    /// The language, where it is not the handbook's default one; beside an original, this starts a translation
    #[arg(short, long, value_name = "TAG")]
    pub lang: Option<String>,
    /// The day, of a postmortem or assessment [default: today]
    #[arg(short, long, value_name = "YYYY-MM-DD")]
    pub date: Option<Date>,
}

/// Record that pages were reviewed today
///
/// Writes `reviewed:` with today's date into the front matter, and `reviewed_against:` with short hashes of what
/// the page rests on: its own text, criteria, targets of SLOs, names of practices and terms. `check` and the page
/// itself then tell exactly what was changed after the review. Everything else in the file stays as it is.
#[derive(Args, Clone, Debug)]
#[command(after_help = "\
Examples:
  shirube reviewed content/playbooks/slo-workshop.md
  shirube reviewed content/levels/*.md
  shirube reviewed content/slos/checkout.yaml         the date of each SLO in it")]
pub struct ReviewedArgs {
    /// Originals; the review of a page holds for all its languages
    #[arg(required = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub files: Vec<PathBuf>,
}

/// Search the handbook
///
/// Finds what the search of the site finds, in the same order. Besides plain text it takes lunr's query language:
/// +must, -not, title:slo, retr*, postmortm~1, slo^3; words in quotes stand beside each other; and kind:, area:,
/// practice:, level:, role:, team: and language: narrow down what is found.
#[derive(Args, Clone, Debug)]
#[command(after_help = "\
Examples:
  shirube search error budget
  shirube search --lang ja 障害対応
  shirube search 'kind:playbook rollback -canary'
  shirube search '\"stop the harm\"' --format json")]
pub struct SearchArgs {
    /// What to look for; behind -- where it begins with a hyphen
    #[arg(value_name = "QUERY", required = true)]
    pub query: Vec<String>,
    /// The reader's language, whose pages come first where it is not the handbook's default one
    #[arg(short, long, value_name = "TAG")]
    pub lang: Option<String>,
    /// How many are shown
    #[arg(short = 'n', long, value_name = "NUMBER", default_value_t = 10)]
    pub limit: u32,
    /// How the hits are printed
    #[arg(long, value_enum, default_value_t)]
    pub format: SearchFormat,
    #[command(flatten)]
    pub selection: Selection,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum SearchFormat {
    /// With the heading and the line where it stands
    #[default]
    Human,
    /// One JSON object
    Json,
}

/// Say that a translation is up to date
///
/// Writes the hash of the original as it is today into the front matter of its translation, where `check` finds
/// it: when the original says something else one day, the translation is reported as stale. Nothing else in the
/// file changes. `new` does it for the translations that it starts.
#[derive(Args, Clone, Debug)]
#[command(after_help = "\
Examples:
  shirube translated content/roles/sre.ja.md
  shirube translated content/roles/sre.md          every translation of this page
  shirube translated content/playbooks/*.ja.md")]
pub struct TranslatedArgs {
    /// Translations, or originals, which stand for all their translations
    #[arg(value_name = "FILE", required = true, value_hint = ValueHint::FilePath)]
    pub files: Vec<PathBuf>,
}

/// What a file is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    Level,
    Area,
    Practice,
    Role,
    Playbook,
    Postmortem,
    Team,
    Assessment,
    Term,
    Path,
    Slo,
    Page,
}

impl From<Kind> for model::Kind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Level => Self::Level,
            Kind::Area => Self::Area,
            Kind::Practice => Self::Practice,
            Kind::Role => Self::Role,
            Kind::Playbook => Self::Playbook,
            Kind::Postmortem => Self::Postmortem,
            Kind::Team => Self::Team,
            Kind::Assessment => Self::Assessment,
            Kind::Term => Self::Term,
            Kind::Path => Self::Path,
            Kind::Slo => Self::Slo,
            Kind::Page => Self::Page,
        }
    }
}

/// Answer the checklist of a team
///
/// Asks one criterion after the other, with what the team said last time, and saves every answer as it is given in
/// content/teams/TEAM/assessments/DATE.md: stop whenever you like, and go on the same day where you stopped. In the
/// end it shows the levels reached, and the next steps.
#[derive(Args, Clone, Debug)]
#[command(after_help = "\
Examples:
  shirube assess checkout --starter               an hour, for a start
  shirube assess checkout --area slo --lang ja
  shirube assess checkout --unanswered            go on with what is left
  shirube assess checkout --set slo-targets/target-written=yes --set slo-targets/target-agreed=partly

Answers are yes, partly, no, unknown and na, or those of the additive scheme.")]
pub struct AssessArgs {
    /// The team's id
    pub team: String,
    /// Ask only about the practices of an area
    #[arg(short, long, value_name = "AREA", conflicts_with = "set")]
    pub area: Option<String>,
    /// Ask only about the starter practices
    #[arg(long, conflicts_with = "set")]
    pub starter: bool,
    /// Ask only as far up as the team's targets
    #[arg(long, conflicts_with = "set")]
    pub towards_target: bool,
    /// Ask only what is not answered yet
    #[arg(long, conflicts_with = "set")]
    pub unanswered: bool,
    /// The language of the questions, where it is not the handbook's default one
    #[arg(short, long, value_name = "TAG")]
    pub lang: Option<String>,
    /// The day of the answers [default: today]
    #[arg(short, long, value_name = "YYYY-MM-DD")]
    pub date: Option<Date>,
    /// Give an answer without being asked; for scripts, as often as needed
    #[arg(long, value_name = "PRACTICE/CRITERION=ANSWER")]
    pub set: Vec<String>,
    #[command(flatten)]
    pub selection: Selection,
}

/// Show where teams stand
#[derive(Args, Clone, Debug)]
#[command(after_help = "\
Examples:
  shirube score                                   every team, today
  shirube score checkout --compare 2026-04-10     what has changed since
  shirube score --format csv > scores.csv
  shirube score --fail-on regression,expired      for CI: exit code 1")]
pub struct ScoreArgs {
    /// The team's id; every team without it
    pub team: Option<String>,
    /// The day asked about; today without it
    #[arg(long, value_name = "DATE")]
    pub at: Option<Date>,
    /// Show what has changed since the newest assessment of that day
    #[arg(long, value_name = "DATE")]
    pub compare: Option<Date>,
    /// How the scores are printed
    #[arg(long, value_enum, default_value_t)]
    pub format: ScoreFormat,
    /// What makes the command fail with exit code 1
    #[arg(long, value_enum, value_delimiter = ',', value_name = "CONDITION")]
    pub fail_on: Vec<FailOn>,
    #[command(flatten)]
    pub selection: Selection,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ScoreFormat {
    #[default]
    Table,
    Json,
    Csv,
    Markdown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// A practice is below its target
    BelowTarget,
    /// A practice is lower than before: than on the day of --compare, else than before the newest assessment
    Regression,
    /// A decision that something does not apply has reached its day of revisiting
    Expired,
}

/// Show what there is
#[derive(Args, Clone, Debug)]
#[command(after_help = "\
Examples:
  shirube list practices
  shirube list playbooks --format json
  shirube list criteria                 what teams are asked
  shirube list codes                    every complaint, explained
  shirube list keys                     every key of front matter and configuration")]
pub struct ListArgs {
    pub subject: Subject,
    /// How the list is printed
    #[arg(long, value_enum, default_value_t)]
    pub format: ListFormat,
    #[command(flatten)]
    pub selection: Selection,
}

/// What can be listed. The singular works too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Subject {
    #[value(alias = "level")]
    Levels,
    #[value(alias = "area")]
    Areas,
    #[value(alias = "practice")]
    Practices,
    #[value(alias = "role")]
    Roles,
    #[value(alias = "playbook")]
    Playbooks,
    #[value(alias = "postmortem")]
    Postmortems,
    #[value(alias = "team")]
    Teams,
    #[value(alias = "assessment")]
    Assessments,
    #[value(alias = "term")]
    Terms,
    #[value(alias = "path")]
    Paths,
    #[value(alias = "slo")]
    Slos,
    #[value(alias = "page")]
    Pages,
    /// The criteria of every practice
    #[value(alias = "criterion")]
    Criteria,
    /// What postmortems decided to do, open or not
    #[value(alias = "action")]
    Actions,
    /// What each practice has and lacks, level by level
    Coverage,
    /// Pages that nothing points at
    #[value(alias = "orphan")]
    Orphans,
    /// Pages whose review is due, by its date or because something they rest on was changed
    Stale,
    /// Pages that cannot be read in some language
    Untranslated,
    /// Codes of complaints, for looking up and silencing
    #[value(alias = "code")]
    Codes,
    /// Keys of front matter and configuration
    #[value(alias = "key")]
    Keys,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    #[default]
    Table,
    Json,
}

/// Print completions for a shell
#[derive(Args, Clone, Debug)]
#[command(after_help = "\
Examples:
  shirube completions bash > ~/.local/share/bash-completion/completions/shirube
  shirube completions zsh > ~/.zfunc/_shirube
  shirube completions fish > ~/.config/fish/completions/shirube.fish")]
pub struct CompletionsArgs {
    pub shell: Shell,
}

/// Print a manual page
#[derive(Args, Clone, Debug)]
#[command(after_help = "\
Examples:
  shirube man | man -l -
  shirube man build > shirube-build.1")]
pub struct ManArgs {
    /// The command it is about; without one, the page about all of them
    pub command: Option<String>,
}
