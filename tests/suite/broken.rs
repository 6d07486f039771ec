//! Twenty files with one mistake each: one pointed, mendable message each, all in one run.

use crate::handbook::TestHandbook;

#[test]
fn twenty_mistakes_in_one_run_are_all_pointed_at() {
    let deep = format!("---\ntitle: Deep\n---\n\n{} too deep\n", "> ".repeat(200));
    let bomb = "---\ntitle: Bomb\nextra:\n  a: &a [1, 1]\n  b: [*a, *a]\n---\n";
    let handbook = TestHandbook::with_practices()
        .file("content/levels/2-visible.md", "---\ntitle: Visible\n---\n\nText.\n")
        .file("content/levels/3-fitted.md", "---\ntitle: Fitted\n---\n\nText.\n")
        .file("content/playbooks/01-yaml.md", "---\ntitle: [unclosed\n---\n\nText.\n")
        .file("content/playbooks/02-twice.md", "---\ntitle: One\nweight: 1\ntitle: Two\n---\n\nText.\n")
        .file("content/playbooks/03-key.md", "---\ntitle: Key\ndescripton: Misspelt\n---\n\nText.\n")
        .file("content/playbooks/04-type.md", "---\ntitle: Type\ndraft: maybe\n---\n\nText.\n")
        .file("content/playbooks/05-date.md", "---\ntitle: 日付\nreviewed: 2026-02-30\n---\n\nText.\n")
        .file(
            "content/playbooks/06-practice.md",
            "---\ntitle: P\npractices: {slo-targts: [2]}\n---\n\nText.\n",
        )
        .file("content/playbooks/07-level.md", "---\ntitle: L\npractices: {slo-targets: [7]}\n---\n\nText.\n")
        .file("content/playbooks/08-id.md", "---\ntitle: Id\nid: nine\n---\n\nText.\n")
        .file("content/playbooks/09-id.md", "---\ntitle: Id\nid: nine\n---\n\nText.\n")
        .file("content/playbooks/10-file.md", "---\ntitle: File\n---\n\n日本語の[リンク](nowhere.md)です。\n")
        .file(
            "content/playbooks/11-anchor.md",
            "---\ntitle: A\n---\n\n[x](../practices/slo/slo-targets.md#agred)\n",
        )
        .file("content/playbooks/12-image.md", "---\ntitle: Image\n---\n\n![A heat map](heat.png)\n")
        .file(
            "content/practices/slo/13-circle.md",
            "---\ntitle: Circle\nid: circle\nrequires: [circle]\n---\n\nText.\n",
        )
        .file("content/playbooks/14-latin.md", b"---\ntitle: Latin\n---\n\ncaf\xe9 au lait\n")
        .file("content/playbooks/15-crlf.md", "\u{feff}---\r\ntitle: Windows\r\n---\r\n\r\nWorks.\r\n")
        .file("content/playbooks/16-empty.md", "")
        .file("content/playbooks/17-large.md", vec![b'x'; 20 * 1024 * 1024])
        .file("content/playbooks/18-deep.md", deep)
        .file("content/playbooks/19-bomb.md", bomb)
        .file("content/playbooks/20-leaves.md", "---\ntitle: Out\n---\n\n[x](../../../etc/passwd)\n")
        .file("content/playbooks/21-case.md", "---\ntitle: Case\n---\n\nText.\n")
        .file("content/playbooks/21-Case.md", "---\ntitle: Case\nid: case\n---\n\nText.\n");
    handbook
        .check()
        .reports("content/playbooks/01-yaml.md:2:8", "yaml/syntax")
        .reports("content/playbooks/02-twice.md:4:1", "yaml/duplicate-key")
        .reports("content/playbooks/03-key.md:3:1", "yaml/unknown-key")
        .hints("`description`")
        .reports("content/playbooks/04-type.md:3:8", "yaml/wrong-type")
        .hints("true")
        .reports("content/playbooks/05-date.md:3:11", "yaml/bad-date")
        .hints("28")
        .reports("content/playbooks/06-practice.md:3:13", "link/unknown-practice")
        .hints("`slo-targets`")
        .reports("content/playbooks/07-level.md:3:27", "link/unknown-level")
        .hints("2, 3")
        .reports("content/playbooks/09-id.md:3:5", "link/duplicate-id")
        .reports("content/playbooks/10-file.md:5:11", "link/missing-file")
        .reports("content/playbooks/11-anchor.md:5:5", "link/missing-anchor")
        .hints("`#agreed`")
        .reports("content/playbooks/12-image.md:5:15", "link/missing-image")
        .reports("content/practices/slo/13-circle.md:4:12", "link/cyclic-prerequisite")
        .reports("content/playbooks/14-latin.md:5:4", "file/not-utf8")
        .hints("Latin-1")
        .reports("content/playbooks/16-empty.md:1:1", "file/empty")
        .reports("content/playbooks/17-large.md:1:1", "file/too-large")
        .hints("20.0 MiB")
        .reports("content/playbooks/18-deep.md:5:129", "markdown/nesting")
        .reports("content/playbooks/19-bomb.md:4:6", "yaml/alias")
        .reports("content/playbooks/20-leaves.md:5:5", "link/leaves-content")
        .reports("content/playbooks/21-case.md:1:1", "file/case-clash")
        // The bomb is told of at its anchor and at both of its aliases.
        .only(21);
}
