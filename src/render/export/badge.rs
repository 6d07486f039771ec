//! Badges: where a team or a practice stands, as a picture for READMEs and wikis.
//!
//! They bring their own colours, light and dark, and say everything in words. Where a host's policy
//! keeps the style out, the attributes below it are the light one.

use super::markdown::sheet::{destination, plain};
use crate::model::{Kind, Lang, ScoreState, ScoreSummary, Scorecard, Site, ThingId};
use crate::render::context::PageContext;
use crate::render::view::common::BadgeView;
use crate::render::{address, escape};

/// What a badge is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Badge {
    /// How many practices of a team are at target.
    Team(ThingId),
    /// The level of a team in a practice.
    TeamPractice { team: ThingId, practice: ThingId },
    /// How many teams have a practice at target.
    Practice(ThingId),
}

/// What a badge says.
struct Saying {
    /// What it is about.
    label: String,
    state: String,
    tone: Tone,
    /// For those who ask for more.
    about: String,
}

/// How it is coloured.
#[derive(Clone, Copy)]
enum Tone {
    AtTarget,
    OnTheWay,
    NotKnown,
}

/// Behind the label and on it, in light and in dark surroundings.
const LABEL: [&str; 4] = ["#f4f2ec", "#1c1e26", "#1d202a", "#e6e4de"];
/// In pixels, as all lengths here.
const FONT: f64 = 11.0;
const HEIGHT: f64 = 20.0;
const PADDING: f64 = 7.0;
/// Characters of a label; titles may be long.
const LONGEST: usize = 60;

/// Every badge, with its path in the default language.
pub fn badges(site: &Site) -> Vec<(String, Badge)> {
    let id = |thing: ThingId| site.handbook.thing(thing).id.as_ref();
    let mut badges = Vec::new();
    for (practice, _) in site.handbook.of_kind(Kind::Practice) {
        if let Some(name) = id(practice) {
            badges.push((format!("badges/practice/{name}.svg"), Badge::Practice(practice)));
        }
    }
    for (team, _) in site.handbook.of_kind(Kind::Team) {
        let Some(name) = id(team) else { continue };
        badges.push((format!("badges/team/{name}.svg"), Badge::Team(team)));
        let card = site.scorecards.latest(team, site.today);
        for practice in card.into_iter().flat_map(|card| card.practices.keys().copied()) {
            if let Some(practice_name) = id(practice) {
                let badge = Badge::TeamPractice { team, practice };
                badges.push((format!("badges/team/{name}/{practice_name}.svg"), badge));
            }
        }
    }
    badges
}

/// The file of a badge.
pub fn badge(cx: &PageContext<'_>, badge: Badge) -> String {
    svg(&saying(cx, badge), cx.lang)
}

/// What a page says about its badge; `None` while the site's address is not known, which other
/// documents need.
pub fn snippet(cx: &PageContext<'_>, badge: Badge) -> Option<BadgeView> {
    let (Badge::Team(thing) | Badge::Practice(thing) | Badge::TeamPractice { team: thing, .. }) = badge;
    let kind = cx.thing(thing).kind;
    let id = cx.thing(thing).id.as_ref()?.as_str();
    let path = cx.folder(&format!("badges/{kind}/{id}.svg"));
    let saying = saying(cx, badge);
    let separator = cx.words.get("label_separator");
    // The state will be another one when the other document is read.
    let name =
        format!("{}{separator}{}", saying.label, cx.config.title.get(cx.lang).map_or("", String::as_str));
    let base = &cx.config.base_url;
    let picture = address::absolute_file(base, &path)?;
    let link = address::absolute(base, &cx.folder(&address::permalink(kind, id)))?;
    Some(BadgeView {
        src: cx.here.file(&path),
        alt: format!("{}{separator}{}", saying.label, saying.state),
        markdown: format!("[![{}]({})]({})", plain(&name), destination(&picture), destination(&link)),
    })
}

fn saying(cx: &PageContext<'_>, badge: Badge) -> Saying {
    let latest = |team: ThingId| cx.site.scorecards.latest(team, cx.site.today);
    let not_assessed = || (cx.words.get("not_assessed").to_owned(), Tone::NotKnown);
    let counted = |words: &str, ScoreSummary { at_target, practices, .. }: ScoreSummary| {
        let tone = if at_target == practices { Tone::AtTarget } else { Tone::OnTheWay };
        let (n, of) = (at_target.to_string(), practices.to_string());
        match practices {
            0 => not_assessed(),
            _ => (cx.words.fill(words, &[("n", &n), ("all", &of)]), tone),
        }
    };
    let assessed = |team: ThingId| {
        latest(team).map(|card| cx.words.fill("badge_assessed", &[("date", &cx.words.date(card.date))]))
    };
    let (thing, (state, tone), about) = match badge {
        Badge::Team(team) => {
            let counts = latest(team).map(Scorecard::summary).unwrap_or_default();
            (team, counted("at_target_of", counts), assessed(team))
        }
        Badge::TeamPractice { team, practice } => {
            let score = latest(team).and_then(|card| card.practices.get(&practice));
            let state = match score.map(|score| (score.state, score)) {
                Some((state @ (ScoreState::Level(_) | ScoreState::Points(_)), score)) => {
                    let level = match state {
                        ScoreState::Points(points) => format!("{points:.2}"),
                        _ => state.rank().map_or(String::new(), |level| level.to_string()),
                    };
                    let target = score.target.to_string();
                    let tone = if score.at_target() { Tone::AtTarget } else { Tone::OnTheWay };
                    (cx.words.fill("badge_level", &[("level", &level), ("target", &target)]), tone)
                }
                Some((ScoreState::NotApplicable, _)) => {
                    (cx.words.get("not_applicable").to_owned(), Tone::NotKnown)
                }
                Some((ScoreState::NotAssessed, _)) | None => not_assessed(),
            };
            let team = [Some(cx.text(team).summary.title.clone()), assessed(team)];
            let about = team.into_iter().flatten().collect::<Vec<_>>().join(cx.words.get("list_separator"));
            (practice, state, Some(about))
        }
        Badge::Practice(practice) => {
            let teams = cx.handbook().of_kind(Kind::Team).filter_map(|(team, _)| latest(team));
            let counts = ScoreSummary::of(teams.filter_map(|card| card.practices.get(&practice)));
            (practice, counted("badge_teams", counts), None)
        }
    };
    let handbook = cx.config.title.get(cx.lang).cloned().unwrap_or_default();
    let about = [about, Some(handbook)].into_iter().flatten().collect::<Vec<_>>();
    Saying { label: short(&cx.text(thing).summary.title), state, tone, about: about.join(" · ") }
}

fn short(title: &str) -> String {
    match title.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", title.get(..end).unwrap_or_default().trim_end()),
        None => title.to_owned(),
    }
}

fn svg(saying: &Saying, lang: &Lang) -> String {
    let (label, state) = (width(&saying.label), width(&saying.state));
    let divide = label + 2.0 * PADDING;
    let whole = divide + state + 2.0 * PADDING;
    let [state_back, state_ink, ..] = saying.tone.colours();
    let [label_back, label_ink, ..] = LABEL;
    let name = escape::xml(&format!("{}: {}", saying.label, saying.state));
    let (label_text, state_text) = (escape::xml(&saying.label), escape::xml(&saying.state));
    let state_width = whole - divide;
    let (label_x, state_x) = (PADDING, divide + PADDING);
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" width="{whole:.0}" height="{HEIGHT}" viewBox="0 0 {whole:.1} {HEIGHT}" role="img" aria-labelledby="title about" xml:lang="{lang}">
<title id="title">{name}</title>
<desc id="about">{about}</desc>
<style>{style}</style>
<clipPath id="round"><rect width="{whole:.1}" height="{HEIGHT}" rx="3"/></clipPath>
<g clip-path="url(#round)">
<rect class="label" width="{divide:.1}" height="{HEIGHT}" fill="{label_back}"/>
<rect class="state" x="{divide:.1}" width="{state_width:.1}" height="{HEIGHT}" fill="{state_back}"/>
</g>
<g font-family="Verdana,'DejaVu Sans','Noto Sans','Hiragino Sans','Noto Sans CJK JP',sans-serif" font-size="{FONT}">
<text class="label-ink" x="{label_x:.1}" y="14" textLength="{label:.1}" lengthAdjust="spacingAndGlyphs" fill="{label_ink}">{label_text}</text>
<text class="state-ink" x="{state_x:.1}" y="14" textLength="{state:.1}" lengthAdjust="spacingAndGlyphs" fill="{state_ink}">{state_text}</text>
</g>
</svg>
"##,
        about = escape::xml(&saying.about),
        style = style(saying.tone),
        lang = escape::xml(lang.as_str()),
    )
}

/// The same colours once more, and those for dark surroundings.
fn style(tone: Tone) -> String {
    let rule = |from: usize| {
        let state = tone.colours();
        [("label", LABEL, 0), ("label-ink", LABEL, 1), ("state", state, 0), ("state-ink", state, 1)]
            .map(|(class, colours, at)| {
                format!(".{class}{{fill:{}}}", colours.get(from + at).copied().unwrap_or("#000000"))
            })
            .concat()
    };
    format!("{}@media (prefers-color-scheme:dark){{{}}}", rule(0), rule(2))
}

impl Tone {
    /// Behind the state and on it, in light and in dark surroundings.
    fn colours(self) -> [&'static str; 4] {
        match self {
            Self::AtTarget => ["#22347c", "#ffffff", "#cdd6ff", "#14193a"],
            Self::OnTheWay => ["#4a60b4", "#ffffff", "#8fa2ea", "#0d1536"],
            Self::NotKnown => ["#e4e1d8", "#1c1e26", "#474c5c", "#f2f1ee"],
        }
    }
}

/// About how wide `text` is; `textLength` makes it so where the font differs.
fn width(text: &str) -> f64 {
    let em: f64 = text
        .chars()
        .map(|c| match c {
            // Chinese, Japanese, Korean and full-width forms.
            '\u{1100}'.. => 1.0,
            'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | ' ' | 'f' | 't' | 'r'
            | '(' | ')' => 0.4,
            'm' | 'w' | 'M' | 'W' | '%' | '@' => 0.95,
            'A'..='Z' => 0.7,
            _ => 0.62,
        })
        .sum();
    em * FONT
}
