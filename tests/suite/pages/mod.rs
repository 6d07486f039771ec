//! Pages that no file stands for, and the other ends of relations: everything is shown from both sides.

mod drawing;
mod html;
mod kit;
mod reports;
mod second_route;
mod sources;

use crate::handbook::TestHandbook;

/// A handbook with one of everything, and every relation between them.
fn small() -> TestHandbook {
    TestHandbook::new()
        .file("content/levels/1-reactive.md", "---\ntitle: Reactive\n---\n")
        .file("content/levels/2-visible.md", "---\ntitle: Visible\n---\n")
        .file("content/levels/3-fitted.md", "---\ntitle: Fitted\n---\n")
        .file("content/practices/slo/_index.md", "---\ntitle: SLOs\n---\n")
        .file("content/practices/respond/_index.md", "---\ntitle: Respond\n---\n")
        .file(
            "content/practices/slo/sli-design.md",
            "---\ntitle: SLI design\nroles: {lead: [sre], contribute: [dev]}\ncriteria:\n  2:\n    - {id: listed, text: SLIs are listed., who: [dev]}\n---\n\nSee [targets](slo-targets.md).\n",
        )
        .file(
            "content/practices/slo/slo-targets.md",
            "---\ntitle: SLO targets\nroles:\n  lead: [sre]\nrequires: [sli-design]\nrelated: [drills]\ncriteria:\n  2:\n    - id: written\n      text: Targets are written.\n      who: [sre, dev]\n  3:\n    - id: agreed\n      text: Targets are agreed.\n      who: [sre]\n    - {id: kept, text: Targets are kept.}\n---\n\nText.\n",
        )
        .file(
            "content/practices/respond/on-call.md",
            "---\ntitle: On-call\nrequires: [slo-targets]\ncriteria:\n  3:\n    - {id: shared, text: The load is shared.}\n---\n\nText.\n",
        )
        .file("content/practices/respond/drills.md", "---\ntitle: Drills\nroles: {lead: [dev]}\n---\n\nText.\n")
        .file("content/practices/respond/drills.ja.md", "---\ntitle: 訓練\n---\n\n[[slo-targets]]を読む。\n")
        .file("content/roles/sre.md", "---\ntitle: SRE\n---\n\nA role.\n")
        .file("content/roles/dev.md", "---\ntitle: Dev\n---\n\nA role that knows [[slo-targets#agreed]].\n")
        .file(
            "content/playbooks/workshop.md",
            "---\ntitle: Workshop\nowner: checkout\nreviewed: 2026-06-01\nreview_every: 6 months\npractices:\n  slo-targets: [2, 3]\nroles:\n  lead: [sre]\n  contribute: [dev]\n---\n\nText.\n",
        )
        .file(
            "content/playbooks/game-day.md",
            "---\ntitle: Game day\npractices:\n  drills: [3]\n  on-call: []\n---\n\nText with [a link](workshop.md).\n",
        )
        .file(
            "content/postmortems/2026-06-18-checkout.md",
            "---\ntitle: Checkout timeouts\ndate: 2026-06-18\nteam: checkout\ngaps:\n  slo-targets:\n    criteria: [agreed]\n    note: Nobody had agreed.\n  on-call:\n    note: Nobody was there.\nactions:\n  - id: agree\n    text: Agree on a target.\n    owner: checkout\n    due: 2026-09-30\n    state: open\n    practice: slo-targets\n  - id: share\n    text: Share the load.\n    owner: platform\n    due: 2027-01-15\n    state: open\n  - id: done\n    text: Tell the users.\n    state: done\n---\n\nText.\n",
        )
        .file(
            "content/postmortems/2026-08-02-report.md",
            "---\ntitle: Stale report\ndate: 2026-08-02\ngaps:\n  slo-targets:\n    criteria: [agreed, kept]\n---\n\nText.\n",
        )
        .file(
            "content/teams/checkout/_index.md",
            "---\ntitle: Checkout\nservices: [shop]\ntargets:\n  slo-targets:\n    level: 3\n    reason: Money.\nnot_applicable:\n  slo-targets/written:\n    reason: One page says it all.\n    decided_by: Us\n    decided_on: 2026-04-01\n    revisit: 2027-04-01\nadoption:\n  on-call: Five people take turns.\n---\n\nText.\n",
        )
        .file(
            "content/teams/checkout/assessments/2026-10-09.md",
            "---\ndate: 2026-10-09\nanswers:\n  slo-targets: {agreed: no, kept: no}\n  sli-design: {listed: yes}\n---\n\nText.\n",
        )
        .file("content/glossary/slo.md", "---\ntitle: SLO\n---\n\nA target; see [[term:sli]] and [[drills]].\n")
        .file("content/glossary/sli.md", "---\ntitle: SLI\n---\n\nA measure.\n")
        .file(
            "content/onboarding/first-week.md",
            "---\ntitle: First week\nroles: [dev]\nsteps:\n  - page: slo-targets\n  - page: term:slo\n---\n\nText.\n",
        )
        .file(
            "content/slos/shop.yaml",
            "apiVersion: openslo/v1\nkind: SLO\nmetadata:\n  name: shop-works\n  annotations:\n    shirube.dev/journey: Buy\n    shirube.dev/owner: checkout\n    shirube.dev/practice: slo-targets\nspec:\n  description: It works.\n  service: shop\n  indicator:\n    metadata:\n      name: good\n    spec:\n      ratioMetric:\n        counter: true\n        good: {metricSource: {type: Prometheus, spec: {query: a}}}\n        total: {metricSource: {type: Prometheus, spec: {query: b}}}\n  timeWindow:\n    - duration: 28d\n      isRolling: true\n  budgetingMethod: Occurrences\n  objectives:\n    - target: 0.99\n",
        )
}
