//! `/embed/<practice>/`: cards for other documents, and who may frame what.

use super::handbook;

#[test]
fn a_card_says_the_practice_and_leads_out_of_its_frame() {
    let site = handbook().build();
    let card = site
        .page("embed/slo-targets/index.html")
        .contains("<meta name=\"robots\" content=\"noindex\">")
        .contains("<h1><a target=\"_top\" href=\"../../go/practice/slo-targets/\">SLO targets</a></h1>")
        .contains("How good is good enough.")
        .contains("Level 2: 1 criterion")
        .contains("Level 4: 0 criteria")
        .contains("<a target=\"_top\" href=\"../../roles/sre/\">SRE</a>")
        .lacks("<script")
        .lacks("<iframe");
    assert_eq!(card.text.matches("<a ").count(), card.text.matches("target=\"_top\"").count());
    site.page("ja/embed/slo-targets/index.html").contains("SLOの目標").contains("レベル2：基準1件");
}

/// The headers that a host sends with `path`: those of every rule that matches, as Netlify and
/// Cloudflare do it.
fn policies(headers: &str, path: &str) -> Vec<String> {
    let mut policies = Vec::new();
    let mut matches = false;
    for line in headers.lines() {
        match line.strip_prefix("  Content-Security-Policy: ") {
            Some(policy) if matches => policies.push(policy.to_owned()),
            _ if line.starts_with(' ') => {}
            _ => {
                matches = match line.strip_suffix('*') {
                    Some(start) => path.starts_with(start),
                    None => path == line,
                };
            }
        }
    }
    policies
}

#[test]
fn cards_may_be_framed_and_nothing_else() {
    let site = handbook().file("content/日本語.md", "# 日本語\n").build();
    let headers = site.page("_headers").text;
    for path in site.outputs.keys().filter(|path| path.ends_with(".html")) {
        let path = path.replace("日本語", "%E6%97%A5%E6%9C%AC%E8%AA%9E");
        let is_card = path.starts_with("embed/") || path.starts_with("ja/embed/");
        let folder = format!("/{}", path.strip_suffix("index.html").unwrap_or(&path));
        for address in [folder, format!("/{path}")] {
            let policies = policies(&headers, &address);
            let framed = !policies.iter().any(|policy| policy.contains("frame-ancestors 'none'"));
            assert_eq!(framed, is_card, "{address}: {policies:?}");
            assert!(policies.iter().any(|policy| policy.contains("script-src 'self'")), "{address}");
        }
    }
}

#[test]
fn with_more_sections_than_a_host_reads_rules_nothing_may_be_framed() {
    let mut handbook = handbook();
    for number in 0..60 {
        handbook = handbook.file(&format!("content/section-{number}.md"), "Text.\n");
    }
    let headers = handbook.build().page("_headers").text;
    assert_eq!(headers.matches("Content-Security-Policy").count(), 1);
    assert!(headers.contains("base-uri 'none'; frame-ancestors 'none'\n"), "{headers}");
}

#[test]
fn the_readme_tells_nginx_the_same() {
    let headers = handbook().build().page("_headers").text;
    let policy =
        headers.lines().find_map(|line| line.trim().strip_prefix("Content-Security-Policy: ")).unwrap();
    let readme = include_str!("../../../README.md");
    assert!(readme.contains(&format!("\"{policy}$frame_ancestors\"")), "{policy}");
}
