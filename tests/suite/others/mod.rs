//! Files for other documents and programs, and what the head of a page tells them.

mod badges;
mod cards;
mod copies;
mod feeds;
mod heads;
mod inventory;
mod links;
mod sitemap;

use crate::handbook::TestHandbook;

const BASE: &str = "https://hb.example.com/docs/";

/// Two practices in both languages, and one of everything that can point at them.
fn handbook() -> TestHandbook {
    TestHandbook::with_practices()
        .file(
            "handbook.yaml",
            "title: {en: Our handbook, ja: 私たちの手引き}\ndescription: {en: How we work, ja: 働き方}\nbase_url: https://hb.example.com/docs\nlanguages: [en, ja]\n",
        )
        .file(
            "content/practices/slo/slo-targets.md",
            "---\ntitle: SLO targets\ndescription: How good is good enough.\nreviewed: 2026-10-02\nalso_known_as: [objectives]\nrequires: [sli-design]\nroles: {lead: [sre]}\ncriteria:\n  2:\n    - {id: written, text: Targets are written., evidence: The page.}\n  3:\n    - {id: agreed, text: Targets are agreed.}\n---\n\n## Why it matters\n\nText.\n",
        )
        .file(
            "content/practices/slo/slo-targets.ja.md",
            "---\ntitle: SLOの目標\nalso_known_as: [目標値]\ncriteria:\n  agreed: {text: 目標に合意している。}\n---\n\n## なぜ重要か\n\n本文。\n",
        )
        .file("content/levels/2-visible.md", "---\ntitle: Visible\n---\n")
        .file("content/levels/3-fitted.md", "---\ntitle: Fitted\n---\n")
        .file("content/levels/4-measured.md", "---\ntitle: Measured\n---\n")
        .file("content/glossary/error-budget.md", "---\ntitle: Error budget\nalso_known_as: [budget, allowed failures]\n---\n\nThe failures a target allows.\n")
        .file("content/playbooks/set-targets.md", "---\ntitle: Set targets\nwhen: Nobody knows what good is.\npractices: {slo-targets: [2, 3]}\nroles: {lead: [sre]}\n---\n\nAsk.\n")
        .file(
            "content/postmortems/2026-06-18-checkout.md",
            "---\ntitle: Checkout\ndate: 2026-06-18\nteam: shop\ngaps:\n  slo-targets: {criteria: [agreed], note: Nobody knew.}\nactions:\n  - {id: agree, text: Agree on it., owner: ana, due: 2026-12-01, state: open}\n---\n\nIt broke.\n",
        )
        .file("content/onboarding/first-week.md", "---\ntitle: First week\nsteps:\n  - {page: slo-targets, day: 2, note: Read it twice.}\n---\n\nWelcome.\n")
        .file("content/teams/shop/_index.md", "---\ntitle: Shop\n---\n\nSells.\n")
        .file(
            "content/teams/shop/assessments/2026-10-09.md",
            "---\ndate: 2026-10-09\nanswers:\n  slo-targets: {written: yes, agreed: no}\n---\n\nIt went well.\n",
        )
        .file(
            "content/slos/search.yaml",
            "apiVersion: openslo/v1\nkind: SLO\nmetadata: {name: search}\nspec:\n  service: search\n  indicator: {metadata: {name: answers}}\n  timeWindow: [{duration: 28d, isRolling: true}]\n  budgetingMethod: Occurrences\n  objectives: [{displayName: Answers, target: 0.999}]\n",
        )
        .file("content/guide.md", "# A guide\n\nPlain.\n")
}
