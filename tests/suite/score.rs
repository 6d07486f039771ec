//! Scoring: by hand-worked examples, by properties, against a naive reckoner, and by the user's door.
//!
//! `tests/assess/examples.json` is run against the browser's scoring as well. So are thousands of
//! random cases, which the last test writes to `target/assess-vectors.json`.

use std::collections::BTreeMap;
use std::path::Path;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use serde_json::{Value, json};
use shirube::assess::additive;
use shirube::assess::cumulative::{Item, score};
use shirube::model::{Answer, PracticeScore, ScoreState};

use crate::handbook::TestHandbook;
use crate::run::run;

const EXAMPLES: &str = include_str!("../assess/examples.json");

/// A practice's criteria and what was answered.
#[derive(Clone, Debug)]
struct Case {
    criteria: Vec<(u8, String)>,
    answers: BTreeMap<String, Answer>,
    target: u8,
    excluded: bool,
}

impl Case {
    fn score(&self) -> PracticeScore {
        let items: Vec<Item<'_>> = self
            .criteria
            .iter()
            .map(|(level, id)| Item { level: *level, criterion: id, answer: self.answers.get(id) })
            .collect();
        score(&items, self.target, self.excluded)
    }

    /// The result as the browser tells it too.
    fn told(&self) -> Value {
        let score = self.score();
        let level = match score.state {
            ScoreState::Level(level) => Some(level),
            _ => None,
        };
        let state = match score.state {
            ScoreState::Level(_) => "level",
            ScoreState::Points(_) => "points",
            ScoreState::NotAssessed => "not-assessed",
            ScoreState::NotApplicable => "not-applicable",
        };
        json!({
            "state": state,
            "level": level,
            "progress": score.progress().map(|share| format!("{} %", (share * 100.0).floor())),
            "answered": score.answered(),
            "applicable": score.applicable(),
            "unknown": score.unknown,
            "open": score.open,
            "at_target": score.at_target(),
        })
    }

    fn to_json(&self) -> Value {
        let mut criteria: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for (level, id) in &self.criteria {
            criteria.entry(level.to_string()).or_default().push(id);
        }
        let answers: BTreeMap<&str, &str> =
            self.answers.iter().map(|(id, answer)| (id.as_str(), answer.name())).collect();
        json!({ "criteria": criteria, "answers": answers, "target": self.target, "excluded": self.excluded, "expected": self.told() })
    }
}

#[test]
fn the_examples_worked_by_hand_hold() {
    let examples: Value = serde_json::from_str(EXAMPLES).unwrap();
    let examples = examples["examples"].as_array().unwrap();
    assert!(examples.len() >= 12);
    for example in examples {
        let mut criteria = Vec::new();
        for (level, ids) in example["criteria"].as_object().unwrap() {
            for id in ids.as_array().unwrap() {
                criteria.push((level.parse().unwrap(), id.as_str().unwrap().to_owned()));
            }
        }
        let answers = example["answers"].as_object().unwrap();
        let case = Case {
            criteria,
            answers: answers
                .iter()
                .map(|(id, answer)| (id.clone(), Answer::from_name(answer.as_str().unwrap())))
                .collect(),
            target: u8::try_from(example["target"].as_u64().unwrap()).unwrap(),
            excluded: example["excluded"].as_bool().unwrap(),
        };
        assert_eq!(case.told(), example["expected"], "{}", example["name"]);
    }
}

fn cases() -> impl Strategy<Value = Case> {
    let criterion = (1u8..6, prop::option::of(0usize..5));
    (prop::collection::vec(criterion, 0..12), 1u8..6, prop::bool::weighted(0.05)).prop_map(
        |(drawn, target, excluded)| {
            let mut case = Case { criteria: Vec::new(), answers: BTreeMap::new(), target, excluded };
            let mut drawn = drawn;
            drawn.sort_by_key(|(level, _)| *level);
            for (at, (level, answer)) in drawn.into_iter().enumerate() {
                let id = format!("c{at:02}");
                case.criteria.push((level, id.clone()));
                if let Some(answer) = answer {
                    case.answers.insert(id, Answer::ALL[answer].clone());
                }
            }
            case
        },
    )
}

fn rank(score: &PracticeScore) -> f64 {
    score.state.rank().unwrap_or(-1.0)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn a_further_yes_never_lowers_a_level(case in cases(), at in any::<prop::sample::Index>()) {
        prop_assume!(!case.criteria.is_empty());
        let (_, id) = at.get(&case.criteria);
        // An answer that turns "does not apply" into "holds" adds a criterion, which is another thing.
        prop_assume!(case.answers.get(id) != Some(&Answer::NotApplicable));
        let mut better = case.clone();
        better.answers.insert(id.clone(), Answer::Yes);
        prop_assert!(rank(&better.score()) >= rank(&case.score()));
    }

    #[test]
    fn not_known_and_not_answered_are_the_same_but_for_the_words(case in cases()) {
        let mut silent = case.clone();
        silent.answers.retain(|_, answer| *answer != Answer::Unknown);
        let (said, unsaid) = (case.score(), silent.score());
        prop_assert_eq!(said.state, unsaid.state);
        prop_assert_eq!(said.progress(), unsaid.progress());
        prop_assert_eq!(said.unknown.clone(), unsaid.unknown.clone());
        prop_assert_eq!(said.applicable(), unsaid.applicable());
    }

    #[test]
    fn na_of_everything_gives_no_level(case in cases()) {
        let mut none = case;
        for (_, id) in none.criteria.clone() {
            none.answers.insert(id, Answer::NotApplicable);
        }
        let score = none.score();
        prop_assert!(score.state.rank().is_none());
        prop_assert_eq!(score.progress(), None);
    }

    #[test]
    fn order_does_not_matter(case in cases(), turns in 0usize..12) {
        let mut turned = case.clone();
        if !turned.criteria.is_empty() {
            let by = turns % turned.criteria.len();
            turned.criteria.rotate_left(by);
        }
        prop_assert_eq!(case.score().state, turned.score().state);
        prop_assert_eq!(case.score().counts, turned.score().counts);
    }

    #[test]
    fn a_naive_reckoner_agrees(case in cases()) {
        prop_assert_eq!(naive(&case), case.score().state);
    }
}

/// The rules of the documentation, word by word.
fn naive(case: &Case) -> ScoreState {
    let answer = |id: &String| case.answers.get(id);
    let applies = |id: &String| answer(id) != Some(&Answer::NotApplicable);
    if case.excluded || (!case.criteria.is_empty() && !case.criteria.iter().any(|(_, id)| applies(id))) {
        return ScoreState::NotApplicable;
    }
    let is_known = |id: &String| matches!(answer(id), Some(Answer::Yes | Answer::Partly | Answer::No));
    if !case.criteria.iter().any(|(_, id)| is_known(id)) {
        return ScoreState::NotAssessed;
    }
    let holds = |level: u8| {
        let at = case.criteria.iter().filter(|(own, id)| *own == level && applies(id));
        at.clone().count() > 0 && at.clone().all(|(_, id)| answer(id) == Some(&Answer::Yes))
    };
    let has = |level: u8| case.criteria.iter().any(|(own, id)| *own == level && applies(id));
    let lowest = case.criteria.iter().map(|(level, _)| *level).min().unwrap();
    let reached =
        (1..=9u8).filter(|level| holds(*level) && (1..*level).all(|below| !has(below) || holds(below))).max();
    ScoreState::Level(reached.unwrap_or(lowest - 1))
}

/// The additive scheme as OWASP SAMM 2 defines it: two questions at each of three levels, answers of
/// 0, 0.25, 0.5 and 1, the mean of a level's two answers, summed.
#[test]
fn the_additive_scheme_scores_a_samm_practice() {
    let weights: additive::Weights = [("no", 0.0), ("some", 0.25), ("half", 0.5), ("most", 1.0)]
        .map(|(id, weight)| (id.to_owned(), weight))
        .into();
    let rows: &[([&str; 6], f64)] = &[
        (["no", "no", "no", "no", "no", "no"], 0.0),
        (["most", "most", "most", "most", "most", "most"], 3.0),
        (["some", "some", "no", "no", "no", "no"], 0.25),
        (["most", "half", "some", "no", "no", "no"], 0.875),
        (["most", "most", "half", "half", "some", "no"], 1.625),
        // Nothing below has to hold.
        (["no", "no", "no", "no", "most", "most"], 1.0),
        // Left out of its level.
        (["most", "na", "no", "no", "no", "no"], 1.0),
        // Not known weighs nothing and is not left out.
        (["most", "unknown", "no", "no", "no", "no"], 0.5),
    ];
    for (answers, expected) in rows {
        let answers = answers.map(Answer::from_name);
        let items: Vec<Item<'_>> = answers
            .iter()
            .enumerate()
            .map(|(at, answer)| Item {
                level: u8::try_from(at / 2 + 1).unwrap(),
                criterion: "c",
                answer: Some(answer),
            })
            .collect();
        let score = additive::score(&items, &weights, 2, false);
        assert_eq!(score.state, ScoreState::Points(*expected), "{answers:?}");
        assert_eq!(score.at_target(), *expected >= 2.0);
    }
}

fn with_team(assessment: &str) -> TestHandbook {
    TestHandbook::with_practices()
        .file("content/teams/pantry/_index.md", "---\ntitle: Pantry\n---\n\nText.\n")
        .file("content/teams/pantry/assessments/2026-10-01.md", assessment)
}

#[test]
fn answers_follow_renames_and_retirements() {
    let handbook = with_team(
        "---\nanswers:\n  indicators: {listed: yes}\n  slo-targets: {on-paper: yes, agreed: yes, signed: no}\n  heroics: {brave: yes}\n---\n\nText.\n",
    )
    .file(
        "model.yaml",
        "renamed:\n  indicators: sli-design\n  slo-targets/on-paper: slo-targets/written\nretired:\n  heroics: {reason: no}\n  slo-targets/signed: {reason: no}\n",
    );
    let page = handbook.build().page("teams/pantry/assessments/2026-10-01/index.html").text;
    assert!(page.contains("4 of 4") || page.contains("3 of 3"), "{page}");
    handbook
        .check()
        .only(0)
        .reports("content/teams/pantry/assessments/2026-10-01.md:1:1", "assess/set-aside")
        .hints("2 answers are not scored: `heroics/brave`, `slo-targets/signed`");
}

#[test]
fn answers_to_nothing_and_words_that_are_no_answer_are_told() {
    with_team("---\nanswers:\n  sli-desing: {listed: yes}\n  slo-targets: {writen: yes, agreed: perhaps}\n---\n\nText.\n")
        .check()
        .reports("content/teams/pantry/assessments/2026-10-01.md:3:3", "link/unknown-practice")
        .hints("did you mean `sli-design`?")
        .reports("content/teams/pantry/assessments/2026-10-01.md:4:17", "link/unknown-criterion")
        .hints("did you mean `written`?")
        .reports("content/teams/pantry/assessments/2026-10-01.md:4:38", "assess/unknown-answer")
        .hints("write one of `yes`, `partly`, `no`, `unknown`, `na`");
}

#[test]
fn a_decision_sets_answers_aside_and_a_low_target_is_told() {
    TestHandbook::with_practices()
        .file(
            "content/teams/pantry/_index.md",
            "---\ntitle: Pantry\ntargets: {slo-targets: 2}\nnot_applicable:\n  sli-design: {reason: Not yet., decided_on: 2026-01-01}\n---\n\nText.\n",
        )
        .file(
            "content/teams/pantry/assessments/2026-10-01.md",
            "---\nanswers:\n  sli-design: {listed: yes}\n  slo-targets: {written: yes, agreed: yes}\n---\n\nText.\n",
        )
        .check()
        .only(0)
        .reports("content/teams/pantry/assessments/2026-10-01.md:1:1", "assess/set-aside")
        .hints("one answer is not scored: `sli-design/listed`")
        .reports("content/teams/pantry/_index.md:3:24", "assess/target-below");
}

#[test]
fn evidence_is_asked_for_where_the_handbook_wants_it() {
    let handbook = with_team(
        "---\nanswers:\n  sli-design: {listed: {answer: yes, evidence: [{title: List}]}}\n  slo-targets: {written: yes, agreed: yes}\n---\n\nText.\n",
    );
    assert!(!handbook.check().text.contains("assess/no-evidence"));
    handbook
        .file("handbook.yaml", "title: Test\nlanguages: [en, ja]\nscoring: {evidence_from: 2}\n")
        .check()
        .reports("content/teams/pantry/assessments/2026-10-01.md:1:1", "assess/no-evidence")
        .hints("level 2 or above without any evidence: `slo-targets`");
}

/// For the browser's scoring, which must say the same.
#[test]
fn random_cases_are_written_for_the_browser() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let strategy = cases();
    let vectors: Vec<Value> =
        (0..3000).map(|_| strategy.new_tree(&mut runner).unwrap().current().to_json()).collect();
    assert!(vectors.iter().filter(|vector| vector["expected"]["state"] == "level").count() > 1000);
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/assess-vectors.json");
    std::fs::write(target, serde_json::to_string(&vectors).unwrap()).unwrap();
}

/// Two teams, one of which has fallen.
fn two_teams() -> TestHandbook {
    TestHandbook::with_practices()
        .file(
            "content/playbooks/workshop.md",
            "---\ntitle: Workshop\npractices: {slo-targets: [3]}\n---\n\nText.\n",
        )
        .file(
            "content/teams/pantry/_index.md",
            "---\ntitle: Pantry\nnot_applicable:\n  sli-design: {reason: Not yet., revisit: 2026-06-01}\n---\n\nText.\n",
        )
        .file(
            "content/teams/pantry/assessments/2026-04-01.md",
            "---\nanswers:\n  slo-targets: {written: yes, agreed: yes}\n---\n\nText.\n",
        )
        .file(
            "content/teams/pantry/assessments/2026-10-01.md",
            "---\nanswers:\n  slo-targets: {written: yes, agreed: {answer: partly, planned: true}}\n  sli-design: {listed: yes}\n---\n\nText.\n",
        )
        .file("content/teams/runway/_index.md", "---\ntitle: Runway, the platform\n---\n\nText.\n")
}

#[test]
fn scores_are_told_in_every_format() {
    let handbook = two_teams();
    let score = |args: &[&str]| {
        let args: Vec<&str> = ["score"].iter().chain(args).copied().collect();
        run(handbook.path(), &args)
    };
    let table = score(&[]).exits(0);
    assert_eq!(
        table.out,
        "pantry: 0 of 2 at target, 3 of 3 criteria answered, assessed 2026-10-01\n\
         \x20 sli-design   level 2   target 3  1 of 1 answered    \n\
         \x20 slo-targets  level 2   target 3  2 of 2 answered    50 %\n\
         runway: not assessed\n"
    );
    score(&["pantry", "--compare", "2026-05-01"])
        .exits(0)
        .prints("slo-targets  level 2   target 3  2 of 2 answered    50 %  (was level 3)");
    score(&["pantry", "--at", "2026-05-01"]).exits(0).prints("pantry: 1 of 1 at target");
    score(&["pantry", "--format", "markdown"])
        .exits(0)
        .prints("| SLO targets | level 2 | 3 | 2 of 2 | 50 % |");
    let csv = score(&["--format", "csv"]).exits(0).out;
    assert!(csv.starts_with("on,team,assessed,practice,title,state,level,"), "{csv}");
    assert!(
        csv.contains(
            "2026-11-20,pantry,2026-10-01,slo-targets,SLO targets,level,2,,3,false,0.500,2,2,1,1,0,0,0,0,0\n"
        ),
        "{csv}"
    );

    let json: Value = serde_json::from_str(&score(&["--format", "json"]).exits(0).out).unwrap();
    let schema: Value = serde_json::from_str(include_str!("../../schemas/scores.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    assert!(
        validator.is_valid(&json),
        "{:?}",
        validator.iter_errors(&json).map(|error| error.to_string()).collect::<Vec<_>>()
    );
    let step = &json["teams"][0]["next_steps"][0];
    assert_eq!(step["criterion"], "agreed");
    assert_eq!((&step["planned"], &step["playbooks"]), (&json!(true), &json!(["workshop"])));
    let published = handbook.build().page("api/scores.json").text;
    assert_eq!(serde_json::from_str::<Value>(&published).unwrap(), json);
    score(&["pantri"]).exits(2).says("did you mean `pantry`?");
}

#[test]
fn a_run_fails_on_what_it_is_asked_to() {
    let handbook = two_teams();
    let score = |args: &[&str]| {
        let args: Vec<&str> = ["score"].iter().chain(args).copied().collect();
        run(handbook.path(), &args)
    };
    score(&["--fail-on", "regression"]).exits(1).says("pantry: lower than before: slo-targets");
    score(&["--fail-on", "expired"]).exits(1).says("pantry: to be decided again: sli-design");
    score(&["--fail-on", "below-target"]).exits(1).says("pantry: below target: sli-design, slo-targets");
    score(&["runway", "--fail-on", "regression,expired,below-target"]).exits(0);
    score(&["pantry", "--at", "2026-05-01", "--fail-on", "below-target,regression"]).exits(0);
}

/// What others require comes first, then what postmortems point at, then what is easier.
#[test]
fn next_steps_stand_in_an_order_with_reasons() {
    let practice = |title: &str, more: &str| {
        format!(
            "---\ntitle: {title}\n{more}criteria:\n  2:\n    - {{id: c, text: It is so.}}\n---\n\nText.\n"
        )
    };
    let handbook = TestHandbook::new()
        .file("content/practices/a/_index.md", "---\ntitle: A\n---\n")
        .file("content/practices/a/hard.md", practice("Hard", "effort: 3\n"))
        .file("content/practices/a/easy.md", practice("Easy", "effort: 1\n"))
        .file("content/practices/a/hurt.md", practice("Hurt", "effort: 3\n"))
        .file("content/practices/a/on-top.md", practice("On top", "effort: 1\nrequires: [beneath]\n"))
        .file("content/practices/a/beneath.md", practice("Beneath", "effort: 3\n"))
        .file("content/teams/pantry/_index.md", "---\ntitle: Pantry\n---\n\nText.\n")
        .file(
            "content/teams/pantry/assessments/2026-10-01.md",
            "---\nanswers:\n  hard: {c: no}\n  easy: {c: no}\n  hurt: {c: no}\n  on-top: {c: no}\n  beneath: {c: no}\n---\n\nText.\n",
        )
        .file("content/postmortems/2026-09-01-x.md", "---\ntitle: X\nteam: pantry\ngaps: {hurt: {note: It hurt.}}\n---\n\nText.\n");
    let json: Value =
        serde_json::from_str(&run(handbook.path(), &["score", "--format", "json"]).exits(0).out).unwrap();
    let steps = json["teams"][0]["next_steps"].as_array().unwrap();
    let order: Vec<&str> = steps.iter().map(|step| step["practice"].as_str().unwrap()).collect();
    assert_eq!(order, ["beneath", "hurt", "easy", "on-top", "hard"]);
}
