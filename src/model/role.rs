//! A role: a way of behaving, whoever does it.

/// What a role's front matter adds. What it leads is derived from practices.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RoleFields {
    /// The name written out: `Site Reliability Engineering`.
    pub title_long: Option<String>,
}
