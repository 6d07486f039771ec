//! The pages that show the whole handbook from one side. No file stands for them.

/// A generated page about the whole handbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Report {
    /// Leads to all the others.
    Overview,
    /// Every practice by level, with its criteria.
    Matrix,
    /// Which practice needs which other.
    Graph,
    /// Playbooks by practice and by the level they help to reach.
    ByPractice,
    /// Postmortems by the practice and the criteria that were missing.
    ByGap,
    /// What the handbook has for each practice and level, and what it lacks.
    Coverage,
    /// Pages to be reviewed, by owner.
    Review,
    /// Open actions of all postmortems, by owner.
    Actions,
    /// What can be read in which language, and how far translations are behind.
    Translations,
    /// Every page, by kind.
    All,
}

impl Report {
    pub const ALL: [Self; 10] = [
        Self::Overview,
        Self::Matrix,
        Self::Graph,
        Self::ByPractice,
        Self::ByGap,
        Self::Coverage,
        Self::Review,
        Self::Actions,
        Self::Translations,
        Self::All,
    ];

    /// The word used in templates and in the theme's words (`report_by_practice`).
    pub fn name(self) -> &'static str {
        match self {
            Self::Overview => "overview",
            Self::Matrix => "matrix",
            Self::Graph => "graph",
            Self::ByPractice => "by_practice",
            Self::ByGap => "by_gap",
            Self::Coverage => "coverage",
            Self::Review => "review",
            Self::Actions => "actions",
            Self::Translations => "translations",
            Self::All => "all",
        }
    }

    /// Path of the page below the site's root, without language. What content puts there comes first.
    pub fn address(self) -> &'static str {
        match self {
            Self::ByPractice => "playbooks/by-practice",
            Self::ByGap => "postmortems/by-gap",
            _ => self.name(),
        }
    }

    pub fn at(address: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|report| report.address() == address)
    }
}
