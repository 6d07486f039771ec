//! What is served.

use super::harness::{Preview, get};

#[test]
fn files_are_served_with_their_types() {
    let preview = Preview::new();
    for (path, media) in [
        ("/", "text/html; charset=utf-8"),
        ("/about/", "text/html; charset=utf-8"),
        ("/about/index.html", "text/html; charset=utf-8"),
        ("/%E6%97%A5%E6%9C%AC/", "text/html; charset=utf-8"),
        ("/style.css", "text/css; charset=utf-8"),
        ("/style.css?v=1", "text/css; charset=utf-8"),
        ("/search.js", "text/javascript; charset=utf-8"),
        ("/links.json", "application/json; charset=utf-8"),
        ("/logo.svg", "image/svg+xml; charset=utf-8"),
        ("/objects.inv", "application/octet-stream"),
        ("/.well-known/security.txt", "text/plain; charset=utf-8"),
        ("/_shirube/live.js?build=x", "text/javascript; charset=utf-8"),
        ("/_shirube/live.css", "text/css; charset=utf-8"),
    ] {
        let answer = preview.get(path);
        assert_eq!((answer.status, answer.header("content-type")), (200, Some(media)), "{path}");
        assert!(!answer.body.is_empty(), "{path}");
    }
}

#[test]
fn every_answer_carries_the_policy_and_no_permission_for_others() {
    let preview = Preview::new();
    for (request, status) in [
        (get("/"), 200),
        (get("/style.css"), 200),
        (get("/about"), 302),
        (get("/missing"), 404),
        (get("/a%00b"), 400),
        (get("/_shirube/live.js"), 200),
        (get("/").replace("GET", "OPTIONS"), 405),
        (get("/").replace("Host: HOST", "Host: evil.example"), 403),
        (get("/").replace("Host: HOST", "Host: HOST\r\nOrigin: http://evil.example"), 200),
    ] {
        let answer = preview.send(&request);
        assert_eq!(answer.status, status, "{request}");
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("cache-control", "no-store"),
            ("cross-origin-resource-policy", "same-origin"),
            (
                "content-security-policy",
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
                 connect-src 'self'; form-action 'none'; base-uri 'none'",
            ),
        ] {
            assert_eq!(answer.header(name), Some(value), "{request}");
        }
        assert!(!answer.head.to_lowercase().contains("access-control-"), "{request}");
    }
}

#[test]
fn only_pages_get_the_script_and_before_the_end_of_the_body() {
    let preview = Preview::new();
    let page = preview.get("/").body;
    let script = page.find("<script type=\"module\" src=\"/_shirube/live.js?build=").expect("a script");
    let end = page.rfind("</body>").expect("an end");
    assert!(script < end && page[end..].contains("</html>"), "{page}");
    assert!(!page.contains("style=") && !page.contains("<script>"), "{page}");
    for path in ["/style.css", "/links.json", "/logo.svg"] {
        assert!(!preview.get(path).body.contains("_shirube"), "{path}");
    }
    assert!(preview.get("/no-body/").body.contains("_shirube/live.js"));
}

#[test]
fn head_is_get_without_the_body() {
    let preview = Preview::new();
    for path in ["/", "/style.css", "/missing", "/about", "/_shirube/live.js"] {
        let got = preview.get(path);
        let head = preview.send(&get(path).replace("GET", "HEAD"));
        assert_eq!((head.status, head.body.as_str()), (got.status, ""), "{path}");
        assert_eq!(head.header("content-length"), got.header("content-length"), "{path}");
        assert_eq!(head.header("content-type"), got.header("content-type"), "{path}");
    }
    let stream = preview.send(&get("/_shirube/events").replace("GET", "HEAD"));
    assert_eq!((stream.status, stream.body.as_str()), (200, ""));
}

#[test]
fn a_folder_without_its_slash_is_redirected() {
    let preview = Preview::new();
    for (path, location) in [
        ("/about", "/about/"),
        ("/about?q=1&r=%0d%0a", "/about/?q=1&r=%0d%0a"),
        ("/%E6%97%A5%E6%9C%AC", "/%E6%97%A5%E6%9C%AC/"),
        ("/%61bout", "/about/"),
    ] {
        let answer = preview.get(path);
        assert_eq!((answer.status, answer.header("location")), (302, Some(location)), "{path}");
    }
    for path in ["//about", "/missing", "/about/index.html/", "//evil.example/..", "/%2Fabout"] {
        assert_eq!(preview.get(path).header("location"), None, "{path}");
    }
}

#[test]
fn what_is_missing_gets_the_sites_own_page_in_its_language() {
    let preview = Preview::new();
    for (path, text) in
        [("/missing", "Not found"), ("/a/b/c/", "Not found"), ("/ja/missing", "見つかりません")]
    {
        let answer = preview.get(path);
        assert_eq!(answer.status, 404, "{path}");
        assert!(answer.body.contains(text) && answer.body.contains("live.js"), "{path}");
    }
}

#[test]
fn a_site_below_a_sub_path() {
    let preview = Preview::with(|options| options.base_path = "/hand book/".to_owned());
    assert!(preview.server.url().ends_with("/hand%20book/"));
    for (path, status, location) in [
        ("/hand%20book/", 200, None),
        ("/hand%20book/about/", 200, None),
        ("/hand%20book/about", 302, Some("/hand%20book/about/")),
        ("/", 302, Some("/hand%20book/")),
        ("/hand%20book", 302, Some("/hand%20book/")),
        ("/about/", 404, None),
        ("/style.css", 404, None),
        ("/hand%20book/missing", 404, None),
        ("/_shirube/live.js", 200, None),
    ] {
        let answer = preview.get(path);
        assert_eq!((answer.status, answer.header("location")), (status, location), "{path}");
    }
}
