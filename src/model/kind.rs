//! The kinds of content.

use std::fmt;

/// What a file of the handbook is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

impl Kind {
    pub const ALL: [Self; 12] = [
        Self::Level,
        Self::Area,
        Self::Practice,
        Self::Role,
        Self::Playbook,
        Self::Postmortem,
        Self::Team,
        Self::Assessment,
        Self::Term,
        Self::Path,
        Self::Slo,
        Self::Page,
    ];

    /// The word used in front matter, permalinks, templates, CSS and search.
    pub fn name(self) -> &'static str {
        match self {
            Self::Level => "level",
            Self::Area => "area",
            Self::Practice => "practice",
            Self::Role => "role",
            Self::Playbook => "playbook",
            Self::Postmortem => "postmortem",
            Self::Team => "team",
            Self::Assessment => "assessment",
            Self::Term => "term",
            Self::Path => "path",
            Self::Slo => "slo",
            Self::Page => "page",
        }
    }

    /// The folder of `content/` whose files are of this kind; areas share `practices`,
    /// assessments `teams`, and pages are everything else.
    pub fn folder(self) -> Option<&'static str> {
        match self {
            Self::Level => Some("levels"),
            Self::Area | Self::Practice => Some("practices"),
            Self::Role => Some("roles"),
            Self::Playbook => Some("playbooks"),
            Self::Postmortem => Some("postmortems"),
            Self::Team | Self::Assessment => Some("teams"),
            Self::Term => Some("glossary"),
            Self::Path => Some("onboarding"),
            Self::Slo => Some("slos"),
            Self::Page => None,
        }
    }

    /// Whether readers of another language miss a translation: an SLO is one document in one language, an
    /// assessment is what was said in a meeting.
    pub fn is_translatable(self) -> bool {
        !matches!(self, Self::Slo | Self::Assessment)
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
