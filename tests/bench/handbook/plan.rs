//! Which things a handbook of a size has, so that every link can be right before a page is written.

use std::collections::BTreeSet;

use super::dice::Dice;
use super::words::Vocabulary;

/// One thing, written in both languages.
pub struct Thing {
    pub sort: Sort,
    /// Empty when nothing can be said in `[[…]]`.
    pub id: String,
    /// Below `content/`, without language and extension.
    pub path: String,
    /// English, Japanese.
    pub title: [String; 2],
    pub headings: Vec<[String; 2]>,
    /// Levels and ids, of practices.
    pub criteria: Vec<(usize, String)>,
    /// Things of one folder, a range of positions; neighbours link to each other.
    pub neighbours: (usize, usize),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sort {
    Page,
    Level,
    Area,
    Practice,
    Role,
    Term,
    Team,
    Assessment,
    Playbook,
    Postmortem,
}

pub struct Plan {
    pub things: Vec<Thing>,
    pub practices: Vec<usize>,
    pub roles: Vec<usize>,
    pub teams: Vec<usize>,
    /// Everything that `[[…]]` can name.
    pub named: Vec<usize>,
}

pub const LEVELS: [[&str; 3]; 5] = [
    ["reactive", "Reactive", "場当たり"],
    ["visible", "Visible", "見える"],
    ["fitted", "Fitted", "定着"],
    ["measured", "Measured", "測れる"],
    ["adaptive", "Adaptive", "適応"],
];
const ROLES: [&str; 9] = ["sre", "dev", "plt", "pm", "mgt", "cre", "dbre", "dre", "ic"];
const AREAS: [[&str; 3]; 10] = [
    ["slo", "SLOs and error budgets", "SLOとエラーバジェット"],
    ["respond", "Incident response", "障害対応"],
    ["observe", "Observability", "可観測性"],
    ["change", "Safe change", "安全な変更"],
    ["capacity", "Capacity and load", "容量と負荷"],
    ["resilience", "Resilience", "耐障害性"],
    ["data", "Data", "データ"],
    ["platform", "Platform", "プラットフォーム"],
    ["toil", "Toil", "トイル"],
    ["people", "People", "人"],
];
const INDEXES: [[&str; 3]; 7] = [
    ["levels", "Levels", "レベル"],
    ["practices", "Practices", "プラクティス"],
    ["roles", "Roles", "役割"],
    ["playbooks", "Playbooks", "プレイブック"],
    ["postmortems", "Postmortems", "ポストモーテム"],
    ["teams", "Teams", "チーム"],
    ["glossary", "Glossary", "用語集"],
];
/// Pages of one folder; what a sidebar can still show.
const FOLDER: usize = 40;

/// The plan for `count` things; at least 50.
pub fn plan(count: usize, vocabulary: &Vocabulary) -> Plan {
    let mut making =
        Making { things: Vec::with_capacity(count), ids: BTreeSet::new(), vocabulary, dice: Dice::new(1) };
    making.one(Sort::Page, "", "_index", Some(["Handbook", "ハンドブック"]));
    for [folder, english, japanese] in INDEXES {
        making.one(Sort::Page, "", &format!("{folder}/_index"), Some([english, japanese]));
    }
    for (number, [id, english, japanese]) in LEVELS.iter().enumerate() {
        making.one(Sort::Level, id, &format!("levels/{}-{id}", number + 1), Some([english, japanese]));
    }
    let areas = (count / 20).clamp(2, AREAS.len());
    for [id, english, japanese] in &AREAS[..areas] {
        making.one(Sort::Area, "", &format!("practices/{id}/_index"), Some([english, japanese]));
    }
    for number in 0..(count / 50).clamp(4, 100) {
        let area = AREAS[number % areas][0];
        making.some(Sort::Practice, &format!("practices/{area}"));
    }
    for id in &ROLES[..(count / 10).clamp(3, ROLES.len())] {
        making.one(Sort::Role, id, &format!("roles/{id}"), None);
    }
    for _ in 0..(count / 50).clamp(2, 200) {
        making.some(Sort::Term, "glossary");
    }
    for _ in 0..(count / 100).clamp(1, 40) {
        making.team();
    }
    making.group(Sort::Playbook, count / 10, "playbooks");
    making.group(Sort::Postmortem, count * 6 / 100, "postmortems");
    let left = count.saturating_sub(making.things.len());
    making.group(Sort::Page, left, "services");
    making.finish()
}

struct Making<'a> {
    things: Vec<Thing>,
    ids: BTreeSet<String>,
    vocabulary: &'a Vocabulary,
    dice: Dice,
}

impl Making<'_> {
    fn one(&mut self, sort: Sort, id: &str, path: &str, title: Option<[&str; 2]>) {
        let title = match title {
            Some(title) => title.map(str::to_owned),
            None => self.title(),
        };
        let headings = self.headings(sort);
        let criteria = if sort == Sort::Practice { self.criteria() } else { Vec::new() };
        let at = self.things.len();
        let (id, path) = (id.to_owned(), path.to_owned());
        self.things.push(Thing { sort, id, path, title, headings, criteria, neighbours: (at, at + 1) });
    }

    /// One with an id of its own in `folder`.
    fn some(&mut self, sort: Sort, folder: &str) {
        let id = self.id();
        self.one(sort, &id, &format!("{folder}/{id}"), None);
    }

    fn team(&mut self) {
        let id = self.id();
        self.one(Sort::Team, &id, &format!("teams/{id}/_index"), None);
        for date in ["2026-04-10", "2026-10-09"] {
            self.one(Sort::Assessment, "", &format!("teams/{id}/assessments/{date}"), None);
        }
    }

    /// `count` in folders of about [`FOLDER`], each with an introduction.
    fn group(&mut self, sort: Sort, count: usize, root: &str) {
        let mut left = count;
        while left > 0 {
            let from = self.things.len();
            let here = left.min(FOLDER);
            left -= here;
            let folder = match sort {
                Sort::Page => format!("{root}/{}", self.id()),
                _ => root.to_owned(),
            };
            for position in 0..here {
                match sort {
                    Sort::Page if position == 0 => self.one(sort, "", &format!("{folder}/_index"), None),
                    // A plain page has an id when it sets one; one in five does.
                    Sort::Page if position % 5 != 1 => {
                        let stem = self.id();
                        self.one(sort, "", &format!("{folder}/{stem}"), None);
                    }
                    Sort::Postmortem => {
                        let (month, day) = (self.dice.between(1, 10), self.dice.between(1, 28));
                        let year = self.dice.between(2023, 2026);
                        let id = format!("{year}-{month:02}-{day:02}-{}", self.id());
                        self.one(sort, &id, &format!("{folder}/{id}"), None);
                    }
                    _ => self.some(sort, &folder),
                }
            }
            let to = self.things.len();
            for thing in &mut self.things[from..to] {
                thing.neighbours = (from, to);
            }
        }
    }

    fn finish(self) -> Plan {
        let things = self.things;
        let all = |wanted: Sort| (0..things.len()).filter(|at| things[*at].sort == wanted).collect();
        let (practices, roles, teams) = (all(Sort::Practice), all(Sort::Role), all(Sort::Team));
        let named = (0..things.len())
            .filter(|at| !things[*at].id.is_empty() && things[*at].sort != Sort::Level)
            .collect();
        Plan { practices, roles, teams, named, things }
    }

    /// Used nowhere else.
    fn id(&mut self) -> String {
        loop {
            let words = &self.vocabulary.english;
            let id = format!("{}-{}", words.middling(&mut self.dice), words.middling(&mut self.dice));
            if self.ids.insert(id.clone()) {
                return id;
            }
        }
    }

    fn title(&mut self) -> [String; 2] {
        let (vocabulary, dice) = (self.vocabulary, &mut self.dice);
        let [a, b] = [0, 1].map(|_| vocabulary.english.middling(dice));
        let english = match dice.below(4) {
            0 => format!("Operating the {a} {b}"),
            1 => format!("When {a} meets {b}"),
            2 => format!("{} for {b}", capitalised(a)),
            _ => format!("{} {b}", capitalised(a)),
        };
        let [a, b] = [0, 1].map(|_| vocabulary.japanese_nouns.middling(dice));
        let japanese = match dice.below(3) {
            0 => format!("{a}の{b}"),
            1 => format!("{a}と{b}の運用"),
            _ => format!("{a}{b}"),
        };
        [english, japanese]
    }

    fn headings(&mut self, sort: Sort) -> Vec<[String; 2]> {
        let fixed = |pairs: &[[&str; 2]]| pairs.iter().map(|pair| pair.map(str::to_owned)).collect();
        match sort {
            Sort::Term => Vec::new(),
            Sort::Postmortem => fixed(&[
                ["Summary", "概要"],
                ["Impact", "影響"],
                ["What happened", "何が起きたか"],
                ["What went well", "うまくいったこと"],
                ["What we changed", "変えたこと"],
            ]),
            Sort::Practice => fixed(&[
                ["Why it matters", "なぜ大切か"],
                ["What good looks like", "うまくいっている姿"],
                ["How to start this week", "今週の始め方"],
                ["How it goes wrong", "つまずきやすい点"],
                ["How to know it works", "効いているかの確かめ方"],
            ]),
            _ => {
                let (vocabulary, dice) = (self.vocabulary, &mut self.dice);
                let mut pair = |english: [&str; 2], japanese: &str| {
                    let word = vocabulary.english.middling(dice);
                    let noun = vocabulary.japanese_nouns.middling(dice);
                    [format!("{} {word} {}", english[0], english[1]), format!("{noun}{japanese}")]
                };
                vec![
                    pair(["Why", "matters"], "が大切な理由"),
                    pair(["How", "is done here"], "の進め方"),
                    pair(["Where", "ends"], "の範囲"),
                    pair(["When", "goes wrong"], "がうまくいかないとき"),
                    pair(["What", "taught us"], "から学んだこと"),
                ]
            }
        }
    }

    fn criteria(&mut self) -> Vec<(usize, String)> {
        let mut criteria = Vec::new();
        for (level, count) in [(2, 2), (3, 2), (4, 2), (5, 1)] {
            for _ in 0..count {
                criteria.push((level, self.id()));
            }
        }
        criteria
    }
}

pub fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
