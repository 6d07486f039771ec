//! What the answers come to: levels with their coverage in the same line, then the next steps.

use super::words;
use crate::cli::score;
use crate::config::Config;
use crate::diag::visible;
use crate::export::scores::scores;
use crate::model::{Fields, Lang, Site, ThingId};

/// Steps shown; `shirube score` has the rest.
const SHOWN: usize = 8;

/// The state of `team` today.
pub fn told(site: &Site, config: &Config, team: ThingId, lang: &Lang) -> String {
    let mut text = score::table(&scores(site, config, &[team], site.today, None));
    let steps = site.scorecards.next_steps.get(&team).map_or(&[][..], Vec::as_slice);
    if steps.is_empty() {
        return text;
    }
    let words = words::of(lang);
    text.push_str(&format!("\n{}\n", words.next_steps));
    let title = |id: ThingId| visible(site.handbook.thing(id).title(lang)).into_owned();
    for step in steps.iter().take(SHOWN) {
        let practice = site.handbook.thing(step.practice);
        let id = practice.id.as_ref().map_or("", |id| id.as_str());
        text.push_str(&format!("  {} {}  {id}/{}\n", words.level, step.level, step.criterion));
        if let Some(criterion) = criterion_text(site, step.practice, &step.criterion, lang) {
            text.push_str(&format!("    {}\n", visible(criterion)));
        }
        for playbook in &step.playbooks {
            text.push_str(&format!("    → {}\n", title(*playbook)));
        }
    }
    if steps.len() > SHOWN {
        text.push_str(&format!("  + {}\n", steps.len() - SHOWN));
    }
    text
}

/// The words of a criterion in `lang`, else as its original says.
fn criterion_text<'a>(site: &'a Site, practice: ThingId, criterion: &str, lang: &Lang) -> Option<&'a str> {
    let thing = site.handbook.thing(practice);
    let Fields::Practice(original) = thing.fields() else { return None };
    let translated = match &thing.text(lang).summary.fields {
        Fields::Practice(fields) => fields.criterion_texts.iter().find(|(name, _)| name.value == criterion),
        _ => None,
    };
    let translated = translated.and_then(|(_, text)| text.text.as_ref());
    let own = original.criteria.iter().find(|own| own.id.value == criterion);
    let text = translated.or(own.and_then(|own| own.text.text.as_ref()));
    text.map(|text| text.value.as_str())
}
