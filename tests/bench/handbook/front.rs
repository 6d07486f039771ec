//! The front matter of a page, by its kind.

use super::plan::{LEVELS, Plan, Sort, Thing};
use super::prose::{Language, Writer};

/// `---` to `---`. Structure stands in the original; a translation has only texts.
pub fn front(plan: &Plan, thing: &Thing, writer: &mut Writer<'_>) -> String {
    let original = writer.language == Language::English;
    let mut out = String::from("---\n");
    let title = writer.say(&thing.title[0], &thing.title[1]);
    out.push_str(&format!("title: {title}\ndescription: {}\n", writer.plain_sentence()));
    if original {
        common(thing, writer, &mut out);
    }
    match (thing.sort, original) {
        (Sort::Practice, true) => practice(plan, thing, writer, &mut out),
        (Sort::Practice, false) => {
            out.push_str("criteria:\n");
            for (_, id) in &thing.criteria {
                out.push_str(&format!(
                    "  {id}:\n    text: {}\n    evidence: {}\n",
                    writer.plain_sentence(),
                    writer.plain_sentence()
                ));
            }
        }
        (Sort::Playbook, true) => playbook(plan, thing, writer, &mut out),
        (Sort::Playbook, false) => {
            out.push_str(&format!("when: {}\ntime: 90分\n", writer.plain_sentence()));
        }
        (Sort::Postmortem, true) => postmortem(plan, thing, writer, &mut out),
        (Sort::Postmortem, false) => {
            out.push_str("factors:\n");
            for _ in 0..3 {
                out.push_str(&format!("  - {}\n", writer.plain_sentence()));
            }
            out.push_str("actions:\n");
            for number in 1..4 {
                out.push_str(&format!("  action-{number}:\n    text: {}\n", writer.plain_sentence()));
            }
        }
        (Sort::Team, true) => team(plan, writer, &mut out),
        (Sort::Assessment, true) => assessment(plan, thing, writer, &mut out),
        _ => {}
    }
    out.push_str("---\n\n");
    out
}

fn common(thing: &Thing, writer: &mut Writer<'_>, out: &mut String) {
    let dice = &mut writer.dice;
    if thing.sort == Sort::Page && !thing.id.is_empty() {
        out.push_str(&format!("id: {}\n", thing.id));
    }
    // Folders of a kind begin with an ordinary page.
    if thing.sort == Sort::Page && thing.path.split('/').count() == 2 && thing.path.ends_with("_index") {
        out.push_str("kind: page\n");
    }
    out.push_str("owner: reliability-guild\n");
    out.push_str(&format!(
        "reviewed: 2026-{:02}-{:02}\nreview_every: 12 months\n",
        dice.between(3, 10),
        dice.between(1, 28)
    ));
    if matches!(thing.sort, Sort::Page | Sort::Playbook | Sort::Postmortem | Sort::Practice) {
        let tags = [
            "payments", "search", "mobile", "network", "storage", "security", "cost", "release", "region",
            "people",
        ];
        let (first, second) = (dice.below(tags.len()), dice.between(1, tags.len() - 1));
        out.push_str(&format!("tags: [{}, {}]\n", tags[first], tags[(first + second) % tags.len()]));
    }
}

fn practice(plan: &Plan, thing: &Thing, writer: &mut Writer<'_>, out: &mut String) {
    let [lead, help] = [0, 1].map(|_| role(plan, writer));
    out.push_str(&format!(
        "effort: {}\nroles:\n  lead: [{lead}]\n  contribute: [{help}]\n",
        writer.dice.between(1, 3)
    ));
    // Only on earlier ones, so that there is no circle.
    let own = plan.practices.iter().position(|at| plan.things[*at].id == thing.id).unwrap_or_default();
    if own > 0 {
        let before = &plan.things[plan.practices[writer.dice.below(own)]].id;
        out.push_str(&format!("requires: [{before}]\n"));
    }
    out.push_str("criteria:\n");
    let mut last = 0;
    for (level, id) in &thing.criteria {
        if *level != last {
            out.push_str(&format!("  {level}:\n"));
            last = *level;
        }
        let (text, evidence) = (writer.plain_sentence(), writer.plain_sentence());
        out.push_str(&format!(
            "    - id: {id}\n      text: {text}\n      evidence: {evidence}\n      who: [{}]\n",
            role(plan, writer)
        ));
    }
}

fn playbook(plan: &Plan, thing: &Thing, writer: &mut Writer<'_>, out: &mut String) {
    // Every practice gets playbooks in turn.
    let turn = plan
        .things
        .iter()
        .filter(|other| other.sort == Sort::Playbook)
        .position(|other| other.id == thing.id);
    let first = turn.unwrap_or_default() % plan.practices.len();
    let second = (first + 1) % plan.practices.len();
    out.push_str("practices:\n");
    for at in [first, second] {
        out.push_str(&format!(
            "  {}: [{}, {}]\n",
            plan.things[plan.practices[at]].id,
            2,
            writer.dice.between(3, 5)
        ));
    }
    let [lead, help] = [0, 1].map(|_| role(plan, writer));
    out.push_str(&format!("roles:\n  lead: [{lead}]\n  contribute: [{help}]\n"));
    out.push_str(&format!("when: {}\ntime: 90 minutes\n", writer.plain_sentence()));
}

fn postmortem(plan: &Plan, thing: &Thing, writer: &mut Writer<'_>, out: &mut String) {
    let date = &thing.id[..10];
    let hour = writer.dice.between(9, 18);
    let team = &plan.things[plan.teams[writer.dice.below(plan.teams.len())]].id;
    let practice = &plan.things[plan.practices[writer.dice.below(plan.practices.len())]];
    out.push_str(&format!("date: {date}\nseverity: SEV{}\nteam: {team}\n", writer.dice.between(1, 3)));
    out.push_str(&format!("services: [{team}-api, {team}-web]\nstatus: reviewed\n"));
    for (name, hours, minutes) in
        [("started", 0, 5), ("detected", 0, 20), ("mitigated", 1, 10), ("resolved", 2, 40)]
    {
        out.push_str(&format!("{name}: {date}T{:02}:{minutes:02}:00+09:00\n", hour + hours));
    }
    let criterion = &practice.criteria[writer.dice.below(practice.criteria.len())].1;
    out.push_str(&format!(
        "gaps:\n  {}:\n    criteria: [{criterion}]\n    note: {}\n",
        practice.id,
        writer.plain_sentence()
    ));
    out.push_str("factors:\n");
    for _ in 0..3 {
        out.push_str(&format!("  - {}\n", writer.plain_sentence()));
    }
    out.push_str("actions:\n");
    for number in 1..4 {
        let state = if number == 3 { "open" } else { "done" };
        let due = if number == 3 { "2027-03-31" } else { date };
        out.push_str(&format!(
            "  - id: action-{number}\n    text: {}\n    owner: {team}\n    due: {due}\n    state: {state}\n    practice: {}\n",
            writer.plain_sentence(),
            practice.id
        ));
    }
}

fn team(plan: &Plan, writer: &mut Writer<'_>, out: &mut String) {
    out.push_str("services: [web, api]\ntier: \"1\"\ncontact: \"#team\"\ntarget_default: 3\n");
    let target = &plan.things[plan.practices[writer.dice.below(plan.practices.len())]];
    out.push_str(&format!(
        "targets:\n  {}:\n    level: 4\n    reason: {}\n",
        target.id,
        writer.plain_sentence()
    ));
    let declined = &plan.things[plan.practices[writer.dice.below(plan.practices.len())]];
    let (_, criterion) = &declined.criteria[declined.criteria.len() - 1];
    out.push_str(&format!(
        "not_applicable:\n  {}/{criterion}:\n    reason: {}\n    decided_by: The team\n    decided_on: 2026-04-10\n    revisit: 2027-04-10\n",
        declined.id,
        writer.plain_sentence()
    ));
}

fn assessment(plan: &Plan, thing: &Thing, writer: &mut Writer<'_>, out: &mut String) {
    let date = &thing.path[thing.path.len() - 10..];
    // What a team has declined needs no answer.
    out.push_str(&format!(
        "date: {date}\nparticipants: [product owner, five developers]\nscope: all services\nanswers:\n"
    ));
    for at in &plan.practices {
        let practice = &plan.things[*at];
        out.push_str(&format!("  {}:\n", practice.id));
        let highest = practice.criteria.len() - 1;
        let reached = writer.dice.between(1, LEVELS.len());
        for (level, id) in &practice.criteria[..highest] {
            let answer = match writer.dice.below(10) {
                0 => "unknown",
                1 => "partly",
                _ if *level <= reached => "yes",
                _ => "no",
            };
            if answer == "yes" && *level >= 3 {
                out.push_str(&format!(
                    "    {id}:\n      answer: \"yes\"\n      evidence:\n        - {{title: Minutes, url: \"https://wiki.example.com/{id}\", date: {date}}}\n"
                ));
            } else {
                out.push_str(&format!("    {id}: \"{answer}\"\n"));
            }
        }
    }
}

fn role<'a>(plan: &'a Plan, writer: &mut Writer<'_>) -> &'a str {
    &plan.things[plan.roles[writer.dice.below(plan.roles.len())]].id
}
