//! The preview server, over raw sockets: what it answers, what it refuses, and that it follows the disk.

#![allow(clippy::disallowed_methods, reason = "the tests are the editor who saves files")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails panics, its harness too")]

use std::collections::BTreeSet;
use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use shirube::serve::{Changes, Pages, Rebuild, Rebuilt, ServeOptions, Server};
use tempfile::TempDir;

/// Far more than anything here takes; only a fault waits for it.
const DEADLINE: Duration = Duration::from_secs(20);

// ---- what is served ---------------------------------------------------------------------------

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
    assert!(preview.server.url().ends_with("/hand book/"));
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

// ---- what is refused --------------------------------------------------------------------------

#[test]
fn no_spelling_of_a_path_leads_out_of_the_site() {
    let preview = Preview::new();
    let ups = [
        "..",
        "%2e%2e",
        "%2E%2e",
        ".%2e",
        "%2e.",
        "%252e%252e",
        "..%00",
        "..%5c",
        "..\\",
        "%5c..",
        "%c0%ae%c0%ae",
        "%e0%80%ae%e0%80%ae",
        "..%c0%af",
        "..;",
        "%2e%2e%2f..",
        "..%2f..",
        "%uff0e%uff0e",
        "..%",
        "..%2",
        "..%zz",
    ];
    let before = ["/", "/about/", "/_shirube/", "/static/"];
    let mut paths: Vec<String> = Vec::new();
    for start in before {
        for up in ups {
            paths.push(format!("{start}{up}/secret.txt"));
        }
    }
    paths.extend(
        [
            "/about//secret.txt",
            "/c:/secret.txt",
            "/c%3a/secret.txt",
            "/C:%5csecret.txt",
            "/secret.txt%00.html",
            "/secret.txt::$DATA",
            "//secret.txt",
            "///etc/passwd",
            "/%2fsecret.txt",
            "/\\\\host\\secret.txt",
            "/.",
            "/..",
            "/./secret.txt",
            "/about/../secret.txt",
            "/%7f",
            "/%0d%0aX-Injected:%20yes",
            "/secret.txt%0a",
            "/%ff",
            "/%E6%97",
        ]
        .map(str::to_owned),
    );
    assert!(paths.len() >= 80);
    for path in paths {
        let answer = preview.get(&path);
        assert!(matches!(answer.status, 400 | 404), "{path}: {}", answer.status);
        assert!(!answer.body.contains(SECRET), "{path}");
        assert!(!answer.head.to_lowercase().contains("x-injected"), "{path}");
    }
    preview.is_well();
}

#[test]
fn only_get_and_head() {
    let preview = Preview::new();
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get", "FOO"]
    {
        let answer = preview.send(&get("/").replace("GET", method));
        assert_eq!((answer.status, answer.header("allow")), (405, Some("GET, HEAD")), "{method}");
    }
    preview.is_well();
}

#[test]
fn only_requests_that_name_us() {
    let preview = Preview::with(|options| {
        options.allowed_hosts =
            ["preview.internal", "Proxy.Example:8443", "[fe80::1]:80"].map(str::to_owned).to_vec();
    });
    let rows = [
        ("localhost:PORT", 200),
        ("LocalHost:PORT", 200),
        ("handbook.localhost:PORT", 200),
        ("127.0.0.1:PORT", 200),
        ("[::1]:PORT", 200),
        ("[0:0::1]:PORT", 200),
        ("preview.internal:PORT", 200),
        ("preview.internal", 200),
        ("proxy.example:8443", 200),
        ("[fe80::1]:80", 200),
        ("proxy.example:PORT", 403),
        ("preview.internal:1", 403),
        ("evil.example:PORT", 403),
        ("evil.example", 403),
        ("localhost", 403),
        ("localhost:1", 403),
        ("127.0.0.1", 403),
        ("127.0.0.2:PORT", 403),
        ("127.1:PORT", 403),
        ("2130706433:PORT", 403),
        ("0x7f000001:PORT", 403),
        ("0.0.0.0:PORT", 403),
        ("[::]:PORT", 403),
        ("[::ffff:127.0.0.1]:PORT", 403),
        ("192.168.0.1:PORT", 403),
        ("localhost.:PORT", 403),
        ("localhost.evil.example:PORT", 403),
        ("evillocalhost:PORT", 403),
        ("127.0.0.1.evil.example:PORT", 403),
        (".localhost:PORT", 400),
        ("localhost:PORT@evil.example", 400),
        ("user@localhost:PORT", 400),
        ("localhost:PORT:PORT", 400),
        ("localhost:", 400),
        ("localhost:99999", 400),
        ("localhost:+1", 400),
        ("localhost:PORT/", 400),
        ("localhost:PORT localhost", 400),
        ("localhost:PORT,evil.example", 400),
        ("[::1", 400),
        ("::1:PORT", 400),
        ("[]:PORT", 400),
        ("http://localhost:PORT", 400),
        ("%6cocalhost:PORT", 400),
        ("ｌocalhost:PORT", 400),
        ("", 400),
    ];
    for (host, status) in rows {
        for path in ["/", "/_shirube/events", "/missing"] {
            let request = get(path).replace("Host: HOST", &format!("Host: {host}"));
            let expected = match (status, path) {
                (200, "/missing") => 404,
                _ => status,
            };
            assert_eq!(preview.status(&request), expected, "{host} {path}");
        }
    }
    for (name, request) in [
        ("none", get("/").replace("Host: HOST\r\n", "")),
        ("two", get("/").replace("Host: HOST", "Host: HOST\r\nHost: HOST")),
        ("two, one foreign", get("/").replace("Host: HOST", "Host: evil.example\r\nHost: HOST")),
        ("8 kB", get("/").replace("HOST", &"a".repeat(8192))),
        ("old, none", "GET / HTTP/1.0\r\n\r\n".to_owned()),
        ("absolute form", get("/").replace("GET /", "GET http://evil.example/")),
        ("absolute form of us", get("/").replace("GET /", "GET http://HOST/")),
        ("asterisk", get("*")),
    ] {
        let status = preview.status(&request);
        assert!((400..500).contains(&status), "{name}: {status}");
    }
    preview.is_well();
}

#[test]
fn the_reload_stream_is_for_our_own_pages() {
    let preview = Preview::new();
    for (headers, status) in [
        ("", 200),
        ("Origin: http://HOST\r\n", 200),
        ("Sec-Fetch-Site: same-origin\r\nSec-Fetch-Mode: cors\r\n", 200),
        ("Origin: http://HOST\r\nSec-Fetch-Site: same-origin\r\n", 200),
        ("Origin: http://evil.example\r\n", 403),
        ("Origin: http://192.168.0.1\r\n", 403),
        ("Origin: http://127.0.0.1\r\n", 403),
        ("Origin: http://127.0.0.1:1\r\n", 403),
        ("Origin: http://HOST.evil.example\r\n", 403),
        ("Origin: http://evil.example/HOST\r\n", 403),
        ("Origin: null\r\n", 403),
        ("Origin: file://\r\n", 403),
        ("Origin: \r\n", 403),
        ("Origin: ws://HOST\r\n", 403),
        ("Origin: http://HOST\r\nOrigin: http://evil.example\r\n", 403),
        ("Sec-Fetch-Site: cross-site\r\n", 403),
        ("Sec-Fetch-Site: same-site\r\n", 403),
        ("Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n", 403),
        ("Sec-Fetch-Site: same-origin\r\nSec-Fetch-Site: cross-site\r\n", 403),
        ("Sec-Fetch-Site: \u{fffd}\r\n", 403),
    ] {
        let request = get("/_shirube/events").replace("Host: HOST\r\n", &format!("Host: HOST\r\n{headers}"));
        assert_eq!(preview.status(&request), status, "{headers}");
    }
}

#[test]
fn another_site_may_link_to_a_page_but_not_load_from_it() {
    let preview = Preview::new();
    for (headers, status) in [
        ("Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n", 200),
        ("Sec-Fetch-Site: none\r\nSec-Fetch-Mode: navigate\r\n", 200),
        ("Sec-Fetch-Site: same-origin\r\nSec-Fetch-Mode: no-cors\r\n", 200),
        ("Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n", 403),
        ("Sec-Fetch-Site: same-site\r\nSec-Fetch-Mode: cors\r\n", 403),
        ("Sec-Fetch-Site: cross-site\r\n", 403),
    ] {
        let request = get("/links.json").replace("Host: HOST\r\n", &format!("Host: HOST\r\n{headers}"));
        assert_eq!(preview.status(&request), status, "{headers}");
    }
}

#[test]
fn malformed_requests_are_refused_and_harm_nobody() {
    let preview = Preview::new();
    let with = |line: &str| get("/").replace("Host: HOST\r\n", &format!("Host: HOST\r\n{line}\r\n"));
    let requests: Vec<(&str, Vec<u8>)> = vec![
        ("nothing", Vec::new()),
        ("a line break", b"\r\n\r\n".to_vec()),
        ("noise", (0..=255).collect()),
        ("zeros", vec![0; 4096]),
        ("TLS", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".to_vec()),
        ("HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec()),
        ("no version", b"GET /\r\n\r\n".to_vec()),
        ("odd version", get("/").replace("1.1", "3.7").into_bytes()),
        ("no path", get("").into_bytes()),
        ("relative path", get("about/").into_bytes()),
        ("space in the path", get("/a b").into_bytes()),
        ("folded header", with("X-A: b\r\n c").into_bytes()),
        ("space before the colon", with("X-A : b").into_bytes()),
        ("no colon", with("X-A").into_bytes()),
        ("NUL in a header", with("X-A: \0").into_bytes()),
        ("two lengths", with("Content-Length: 1\r\nContent-Length: 2").into_bytes()),
        ("length and chunks", with("Content-Length: 4\r\nTransfer-Encoding: chunked").into_bytes()),
        ("chunks", with("Transfer-Encoding: chunked").into_bytes()),
        ("negative length", with("Content-Length: -1").into_bytes()),
        ("a body", [with("Content-Length: 5").into_bytes(), b"hello".to_vec()].concat()),
        ("a huge body", with("Content-Length: 99999999999999").into_bytes()),
        ("100 kB of query", get(&format!("/?{}", "a".repeat(100_000))).into_bytes()),
        ("1 MB of header", with(&format!("X-A: {}", "a".repeat(1 << 20))).into_bytes()),
        ("1,000 headers", with(&vec!["X-A: b"; 1000].join("\r\n")).into_bytes()),
    ];
    for (name, request) in requests {
        let status = preview.exchange(&request).map(|answer| answer.status);
        // Closing without a word is an answer, too.
        assert!(status.is_none_or(|status| (400..500).contains(&status)), "{name}: {status:?}");
        preview.is_well();
    }
    let status = preview.status(&with(&format!("X-A: {}", "a".repeat(20_000))));
    assert_eq!(status, 431, "the head of a request is bounded");
}

#[test]
fn many_idle_connections_do_not_keep_a_good_client_out() {
    let preview = Preview::new();
    let mut idle = Vec::new();
    for _ in 0..700 {
        // The test's own limit of open files may come first; what counts is the server's.
        match TcpStream::connect(preview.server.address()) {
            Ok(stream) => idle.push(stream),
            Err(_) => break,
        }
        if idle.len() > 400 {
            idle.remove(0);
        }
    }
    preview.is_well();
}

#[test]
#[ignore = "waits out the ten seconds"]
fn a_head_that_drips_is_given_up() {
    let preview = Preview::new();
    let mut drip = TcpStream::connect(preview.server.address()).expect("a connection");
    drip.set_read_timeout(Some(Duration::from_millis(500))).expect("a limit");
    let started = Instant::now();
    loop {
        assert!(started.elapsed() < DEADLINE, "the connection is still open");
        if drip.write_all(b"G").is_err() || drip.read(&mut [0; 64]).is_ok() {
            break;
        }
    }
    preview.is_well();
}

// ---- what follows the disk --------------------------------------------------------------------

#[test]
fn however_an_editor_saves_the_tab_is_told_and_the_page_is_new() {
    type Save = fn(&Path, &str);
    let manners: [(&str, Save); 12] = [
        ("in place", |file, text| fs::write(file, text).unwrap()),
        ("appended, then cut", |file, text| {
            fs::OpenOptions::new().append(true).open(file).unwrap().write_all(b"more").unwrap();
            fs::write(file, text).unwrap();
        }),
        ("to a temporary file beside it, renamed", |file, text| {
            let temporary = file.with_extension("md.tmp123");
            fs::write(&temporary, text).unwrap();
            fs::rename(&temporary, file).unwrap();
        }),
        ("twice so", |file, text| {
            for text in ["half", text] {
                let temporary = file.with_extension("md.new");
                fs::write(&temporary, text).unwrap();
                fs::rename(&temporary, file).unwrap();
            }
        }),
        ("as sed -i does", |file, text| {
            let temporary = file.with_file_name("sedXa81b3");
            fs::write(&temporary, text).unwrap();
            fs::rename(&temporary, file).unwrap();
        }),
        ("as vim does with a backup", |file, text| {
            let folder = file.parent().unwrap();
            fs::write(folder.join(".page.md.swp"), "swap").unwrap();
            fs::write(folder.join("4913"), "").unwrap();
            fs::remove_file(folder.join("4913")).unwrap();
            fs::rename(file, folder.join("page.md~")).unwrap();
            fs::write(file, text).unwrap();
            fs::remove_file(folder.join("page.md~")).unwrap();
            fs::remove_file(folder.join(".page.md.swp")).unwrap();
        }),
        ("as emacs does", |file, text| {
            let folder = file.parent().unwrap();
            fs::write(folder.join("#page.md#"), text).unwrap();
            fs::write(folder.join(".#page.md"), "lock").unwrap();
            fs::copy(file, folder.join("page.md~")).unwrap();
            fs::write(file, text).unwrap();
            fs::remove_file(folder.join("#page.md#")).unwrap();
            fs::remove_file(folder.join(".#page.md")).unwrap();
        }),
        ("deleted and created", |file, text| {
            fs::remove_file(file).unwrap();
            fs::write(file, text).unwrap();
        }),
        ("in many small writes", |file, text| {
            let mut open = fs::File::create(file).unwrap();
            for byte in text.bytes() {
                open.write_all(&[byte]).unwrap();
                open.flush().unwrap();
            }
        }),
        ("by exchanging its folder", |file, text| {
            let folder = file.parent().unwrap();
            let next = folder.with_file_name("content-next");
            fs::create_dir(&next).unwrap();
            fs::write(next.join("page.md"), text).unwrap();
            fs::rename(folder, folder.with_file_name("content-old")).unwrap();
            fs::rename(&next, folder).unwrap();
            fs::remove_dir_all(folder.with_file_name("content-old")).unwrap();
        }),
        ("by deleting and creating its folder", |file, text| {
            let folder = file.parent().unwrap();
            fs::remove_dir_all(folder).unwrap();
            fs::create_dir(folder).unwrap();
            fs::write(file, text).unwrap();
        }),
        ("as a commit is checked out over it", |file, text| {
            let folder = file.parent().unwrap();
            for number in 0..200 {
                fs::create_dir_all(folder.join(format!("deep/{number}"))).unwrap();
                fs::write(folder.join(format!("deep/{number}/page.md")), "other").unwrap();
            }
            fs::remove_file(file).unwrap();
            fs::write(file, text).unwrap();
            fs::remove_dir_all(folder.join("deep")).unwrap();
        }),
    ];
    let preview = Preview::new();
    let mut tab = preview.tab();
    tab.next_state();
    for (number, (name, save)) in manners.iter().enumerate() {
        let text = format!("text number {number}");
        save(&preview.file("content/page.md"), &text);
        tab.until(name, |state| state["problems"].is_null() && preview.get("/").body.contains(&text));
    }
    // And once more: the watch outlives all of that.
    preview.write("content/page.md", "the last");
    tab.until("the last", |_| preview.get("/").body.contains("the last"));
}

#[test]
fn only_what_matters_is_built_again_and_named_exactly() {
    let preview = Preview::new();
    let mut tab = preview.tab();
    tab.next_state();
    preview.write("content/.page.md.swp", "x");
    preview.write("content/page.md~", "x");
    preview.write("content/.#page.md", "x");
    preview.write("content/4913", "x");
    preview.write("outside.md", "not watched");
    fs::create_dir(preview.file("public")).unwrap();
    preview.write("public/index.html", "not watched");
    fs::read(preview.file("content/page.md")).unwrap();
    let mut rights = fs::metadata(preview.file("content/page.md")).unwrap().permissions();
    rights.set_readonly(true);
    fs::set_permissions(preview.file("content/page.md"), rights).unwrap();

    preview.write("handbook.yaml", "title: Other");
    tab.next_state();
    assert_eq!(preview.built(), [everything(), preview.files(&["handbook.yaml"])]);

    // A folder that did not exist, with files in it: the files are named, not the folder.
    fs::create_dir_all(preview.file("new/deeper")).unwrap();
    preview.write("new/deeper/a.svg", "<svg/>");
    preview.write("new/b.svg", "<svg/>");
    fs::rename(preview.file("new"), preview.file("static")).unwrap();
    tab.next_state();
    assert_eq!(preview.built().last(), Some(&preview.files(&["static/b.svg", "static/deeper/a.svg"])));

    fs::rename(preview.file("static/deeper"), preview.file("static/other")).unwrap();
    tab.next_state();
    assert_eq!(preview.built().last(), Some(&preview.files(&["static/deeper/a.svg", "static/other/a.svg"])));

    fs::remove_file(preview.file("static/b.svg")).unwrap();
    tab.next_state();
    assert_eq!(preview.built().last(), Some(&preview.files(&["static/b.svg"])));
}

#[test]
fn without_events_the_disk_is_looked_at() {
    let preview = Preview::with(|options| options.poll = true);
    let mut tab = preview.tab();
    tab.next_state();
    preview.write("content/page.md", "found by looking");
    tab.next_state();
    assert!(preview.get("/").body.contains("found by looking"));
    assert_eq!(preview.built().last(), Some(&preview.files(&["content/page.md"])));
    fs::remove_dir_all(preview.file("content")).unwrap();
    tab.next_state();
    assert_eq!(preview.built().last(), Some(&preview.files(&["content/page.md"])));
}

#[test]
#[cfg(unix)]
fn a_page_behind_a_link_inside_the_handbook_is_followed() {
    let preview = Preview::new();
    preview.write("shared.md", "one");
    let mut tab = preview.tab();
    tab.next_state();
    fs::remove_file(preview.file("content/page.md")).unwrap();
    std::os::unix::fs::symlink("../shared.md", preview.file("content/page.md")).unwrap();
    tab.until("the link", |_| preview.get("/").body.contains("one"));
    preview.write("shared.md", "two");
    tab.until("what it leads to", |_| preview.get("/").body.contains("two"));
    assert_eq!(preview.built().last(), Some(&everything()), "one file under two names");
}

// ---- what goes wrong --------------------------------------------------------------------------

#[test]
fn a_broken_build_shows_why_and_keeps_the_last_good_site() {
    let preview = Preview::new();
    let mut tab = preview.tab();
    let good = tab.next_state();
    assert!(good["problems"].is_null());

    preview.write("content/page.md", BROKEN);
    let broken = tab.next_state();
    assert_eq!(broken["problems"], format!("content/page.md is {BROKEN}"));
    assert_eq!(broken["build"], good["build"], "the site is the same, so no tab loads it again");
    let page = preview.get("/").body;
    assert!(page.contains("first text") && !page.contains("onerror"), "{page}");
    assert!(page.contains(good["build"].as_str().unwrap()));

    // A tab opened now is told at once.
    assert_eq!(preview.tab().next_state(), broken);

    // The next build is told of every change since the last good one.
    preview.write("static/new.svg", "<svg/>");
    tab.next_state();
    preview.write("content/page.md", "mended");
    let mended = tab.next_state();
    assert!(mended["problems"].is_null());
    assert_ne!(mended["build"], good["build"]);
    assert!(preview.get("/").body.contains("mended"));
    assert_eq!(preview.built().last(), Some(&preview.files(&["content/page.md", "static/new.svg"])));
}

#[test]
fn a_site_that_never_was_built_waits_with_its_report() {
    let preview = Preview::with(|options| {
        fs::write(options.root.join("content/page.md"), BROKEN).unwrap();
    });
    let page = preview.get("/about/");
    assert_eq!(page.status, 503);
    assert!(page.body.contains("is BROKEN &lt;img src=x onerror=X&gt;"), "{}", page.body);
    assert!(page.body.contains("live.js"));
    let mut tab = preview.tab();
    let broken = tab.next_state();
    preview.write("content/page.md", "mended");
    assert_ne!(tab.next_state()["build"], broken["build"]);
    assert_eq!(preview.get("/about/").status, 200);
    assert_eq!(preview.built(), [everything(), everything()]);
}

#[test]
fn a_panic_in_the_build_is_told_and_survived() {
    let preview = Preview::new();
    let mut tab = preview.tab();
    let good = tab.next_state();
    preview.write("content/page.md", "PANIC");
    let state = tab.next_state();
    assert!(state["problems"].as_str().unwrap().contains("mistake in shirube"), "{state}");
    assert_eq!(state["build"], good["build"]);
    preview.write("content/page.md", "calm");
    assert!(tab.next_state()["problems"].is_null());
    assert_eq!(preview.built().last(), Some(&everything()));
    assert!(preview.get("/").body.contains("calm"));
}

#[test]
fn a_page_that_cannot_be_made_is_a_page_with_the_reason() {
    let preview = Preview::new();
    let page = preview.get("/unrenderable/");
    assert_eq!(page.status, 500);
    assert!(page.body.contains("theme &lt;b&gt; is wrong") && page.body.contains("live.js"), "{}", page.body);
    let page = preview.get("/panics.html");
    assert_eq!(page.status, 500);
    preview.is_well();
}

#[test]
fn a_request_sees_one_generation() {
    let preview = Preview::new();
    let mut tab = preview.tab();
    tab.next_state();
    for number in 0..20 {
        preview.write("content/page.md", &format!("{number}"));
        for _ in 0..10 {
            let page = preview.get("/").body;
            let build = page.split("build=").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
            let builds = preview.texts.lock().unwrap().clone();
            let count: usize = build.rsplit('-').next().unwrap().parse().unwrap();
            assert!(page.contains(&format!("<p>{}</p>", builds[count - 1])), "{page}");
        }
    }
}

#[test]
fn streams_are_bounded_and_a_closed_tab_makes_room() {
    let preview = Preview::new();
    let mut tabs: Vec<Tab> = (0..256).map(|_| preview.tab()).collect();
    for tab in &mut tabs {
        tab.next_state();
    }
    assert_eq!(preview.status(&get("/_shirube/events")), 503);
    preview.is_well();
    preview.write("content/page.md", "for all");
    for tab in &mut tabs {
        tab.next_state();
    }
    drop(tabs);
    let started = Instant::now();
    while preview.status(&get("/_shirube/events")) != 200 {
        assert!(started.elapsed() < DEADLINE, "no room was made");
    }
}

#[test]
fn a_port_that_is_taken_is_named_with_another() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let folder = TempDir::new().unwrap();
    let mut options = ServeOptions::new(folder.path().to_owned());
    options.port = port;
    let failure = Server::start(&options, Fake::new(folder.path())).expect_err("the port is taken");
    let message = failure.to_string();
    assert!(message.contains(&format!("listen on 127.0.0.1:{port}: the port is taken")), "{message}");
    assert!(message.contains("try `--port ") || message.contains("`--port 0`"), "{message}");
    assert_eq!(failure.exit_code(), 3);
}

#[test]
fn a_host_that_is_none_is_a_usage_error() {
    let folder = TempDir::new().unwrap();
    let mut options = ServeOptions::new(folder.path().to_owned());
    options.port = 0;
    options.allowed_hosts = vec!["https://proxy.example/".to_owned()];
    let failure = Server::start(&options, Fake::new(folder.path())).expect_err("not a host");
    assert!(failure.to_string().contains("`https://proxy.example/` is not a host"), "{failure}");
    assert_eq!(failure.exit_code(), 2);
}

#[test]
fn all_interfaces_still_check_the_name() {
    let preview = Preview::with(|options| options.interface = [0, 0, 0, 0].into());
    assert!(preview.server.url().starts_with("http://127.0.0.1:"));
    preview.is_well();
    assert_eq!(preview.status(&get("/").replace("HOST", "evil.example:PORT")), 403);
    assert_eq!(preview.status(&get("/").replace("HOST", "0.0.0.0:PORT")), 403);
}

#[test]
fn a_server_that_is_dropped_stops() {
    let preview = Preview::new();
    let mut tab = preview.tab();
    tab.next_state();
    let address = preview.server.address();
    drop(preview);
    tab.ends();
    let started = Instant::now();
    while TcpStream::connect(address).is_ok() {
        assert!(started.elapsed() < DEADLINE, "the port is still taken");
    }
}

// ---- the harness ------------------------------------------------------------------------------

const SECRET: &str = "the-secret-outside";
/// Makes the fake build fail, with a canary for whoever puts the report into a page.
const BROKEN: &str = "BROKEN <img src=x onerror=X>";

/// Builds pages from `content/page.md`, and remembers what it was told.
struct Fake {
    root: PathBuf,
    built: Arc<Mutex<Vec<Changes>>>,
    texts: Arc<Mutex<Vec<String>>>,
}

impl Fake {
    fn new(root: &Path) -> Self {
        Self { root: root.to_owned(), built: Arc::default(), texts: Arc::default() }
    }
}

impl Rebuild for Fake {
    fn rebuild(&mut self, changes: &Changes) -> Rebuilt {
        self.built.lock().unwrap().push(changes.clone());
        let text = fs::read_to_string(self.root.join("content/page.md")).unwrap_or("absent".to_owned());
        assert!(text != "PANIC", "as the test asked for");
        if text == BROKEN {
            return Rebuilt { problems: Some(format!("content/page.md is {BROKEN}")), ..Rebuilt::default() };
        }
        self.texts.lock().unwrap().push(text.clone());
        Rebuilt { site: Some(Arc::new(FakePages { text })), pages: 2, problems: None }
    }
}

struct FakePages {
    text: String,
}

impl Pages for FakePages {
    fn get(&self, path: &str) -> Result<Option<Arc<[u8]>>, String> {
        let text = match path {
            "index.html" => {
                format!("<!DOCTYPE html><html><body>\n<p>{}</p>\n</BODY></body>\n</html>\n", self.text)
            }
            "about/index.html" | "日本/index.html" => "<html><body>About</body></html>".to_owned(),
            "no-body/index.html" => "<p>A fragment".to_owned(),
            "404.html" => "<html><body>Not found</body></html>".to_owned(),
            "ja/404.html" => "<html><body>見つかりません</body></html>".to_owned(),
            "style.css" => "a {}".to_owned(),
            "search.js" => "export {};".to_owned(),
            "links.json" => "{\"</body>\": 1}".to_owned(),
            "logo.svg" => "<svg></body></svg>".to_owned(),
            "objects.inv" => "# Sphinx".to_owned(),
            ".well-known/security.txt" => "Contact: us".to_owned(),
            "unrenderable/index.html" => return Err("theme <b> is wrong".to_owned()),
            "panics.html" => panic!("as the test asked for"),
            // A careless look-up on a disk would find these.
            _ if path.starts_with('/')
                || path.contains("//")
                || path.split('/').any(|segment| matches!(segment, "." | ".."))
                || path.contains(['\\', ':', '\0', '\n', '\r', '\u{7f}']) =>
            {
                SECRET.to_owned()
            }
            _ => return Ok(None),
        };
        Ok(Some(text.into_bytes().into()))
    }
}

struct Preview {
    server: Server,
    built: Arc<Mutex<Vec<Changes>>>,
    /// The text of `content/page.md` in each good build.
    texts: Arc<Mutex<Vec<String>>>,
    folder: TempDir,
}

/// A request for `path`; `HOST` and `PORT` are put in when it is sent.
fn get(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n")
}

fn everything() -> Changes {
    Changes::Everything
}

impl Preview {
    fn new() -> Self {
        Self::with(|_| {})
    }

    fn with(change: impl FnOnce(&mut ServeOptions)) -> Self {
        let folder = TempDir::new().unwrap();
        fs::create_dir(folder.path().join("content")).unwrap();
        fs::write(folder.path().join("content/page.md"), "first text").unwrap();
        fs::write(folder.path().join("handbook.yaml"), "title: A").unwrap();
        let mut options = ServeOptions::new(folder.path().to_owned());
        options.port = 0;
        options.quiet = true;
        options.watch = ["content", "static", "handbook.yaml"].map(|name| folder.path().join(name)).to_vec();
        change(&mut options);
        let fake = Fake::new(folder.path());
        let (built, texts) = (fake.built.clone(), fake.texts.clone());
        let server = Server::start(&options, fake).expect("a server");
        Self { server, built, texts, folder }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::create_dir_all(self.file(name).parent().unwrap()).unwrap();
        fs::write(self.file(name), text).unwrap();
    }

    fn files(&self, names: &[&str]) -> Changes {
        Changes::Files(names.iter().map(|name| self.file(name)).collect::<BTreeSet<_>>())
    }

    fn built(&self) -> Vec<Changes> {
        self.built.lock().unwrap().clone()
    }

    fn get(&self, path: &str) -> Answer {
        self.send(&get(path))
    }

    fn send(&self, request: &str) -> Answer {
        self.exchange(self.filled(request).as_bytes()).unwrap_or_else(|| panic!("no answer to {request}"))
    }

    /// The status alone, for answers that may not end.
    fn status(&self, request: &str) -> u16 {
        let mut stream = connect(self.server.address());
        stream.write_all(self.filled(request).as_bytes()).ok();
        let mut line = [0; 12];
        stream.read_exact(&mut line).unwrap_or_else(|error| panic!("no answer to {request}: {error}"));
        std::str::from_utf8(&line[9..]).unwrap().parse().unwrap()
    }

    /// `None` when the connection was closed without an answer.
    fn exchange(&self, request: &[u8]) -> Option<Answer> {
        let mut stream = connect(self.server.address());
        let text = String::from_utf8(request.to_vec()).map(|text| self.filled(&text).into_bytes());
        // The server may have closed before all was sent.
        stream.write_all(&text.unwrap_or_else(|error| error.into_bytes())).ok();
        if !request.windows(4).any(|window| window == b"\r\n\r\n") || request.len() == 4 {
            // The server would wait for the rest until its time is up.
            stream.shutdown(std::net::Shutdown::Write).ok();
        }
        let mut bytes = Vec::new();
        if let Err(error) = stream.read_to_end(&mut bytes) {
            assert_ne!(error.kind(), std::io::ErrorKind::WouldBlock, "the server hangs");
        }
        let text = String::from_utf8_lossy(&bytes);
        let (head, body) = text.split_once("\r\n\r\n")?;
        let status = head.get(9..12)?.parse().ok()?;
        Some(Answer { status, head: head.to_owned(), body: body.to_owned() })
    }

    fn filled(&self, request: &str) -> String {
        let address = self.server.address();
        let host = format!("127.0.0.1:{}", address.port());
        request.replace("HOST", &host).replace("PORT", &address.port().to_string())
    }

    /// Still answers a good client.
    fn is_well(&self) {
        assert_eq!(self.get("/about/").status, 200);
    }

    fn tab(&self) -> Tab {
        let mut stream = connect(self.server.address());
        stream.write_all(self.filled(&get("/_shirube/events")).as_bytes()).unwrap();
        Tab { stream, read: Vec::new() }
    }
}

fn connect(address: SocketAddr) -> TcpStream {
    let to = SocketAddr::new([127, 0, 0, 1].into(), address.port());
    let stream = TcpStream::connect(to).expect("a connection");
    stream.set_read_timeout(Some(DEADLINE)).unwrap();
    stream
}

struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

/// An open reload stream.
struct Tab {
    stream: TcpStream,
    read: Vec<u8>,
}

impl Tab {
    /// The next state the server tells.
    fn next_state(&mut self) -> serde_json::Value {
        let started = Instant::now();
        loop {
            // Heartbeats keep the reads from timing out.
            assert!(started.elapsed() < DEADLINE, "the server tells nothing");
            let end = self.read.windows(2).position(|window| window == b"\n\n");
            if let Some(end) = end {
                let event: Vec<u8> = self.read.drain(..end + 2).collect();
                let event = String::from_utf8(event).unwrap();
                match event.lines().find_map(|line| line.strip_prefix("data: ")) {
                    Some(data) => return serde_json::from_str(data).unwrap(),
                    None => continue,
                }
            }
            let mut bytes = [0; 4096];
            let count = self.stream.read(&mut bytes).expect("the stream is alive");
            assert_ne!(count, 0, "the stream has ended");
            self.read.extend_from_slice(&bytes[..count]);
        }
    }

    /// Reads states until one satisfies, as a tab does that loads the page again at each.
    fn until(&mut self, what: &str, satisfied: impl Fn(&serde_json::Value) -> bool) {
        let started = Instant::now();
        while !satisfied(&self.next_state()) {
            assert!(started.elapsed() < DEADLINE, "never up to date: {what}");
        }
    }

    /// Reads until the server closes the stream.
    fn ends(&mut self) {
        let mut rest = Vec::new();
        if let Err(error) = self.stream.read_to_end(&mut rest) {
            assert_ne!(error.kind(), std::io::ErrorKind::WouldBlock, "the stream goes on");
        }
    }
}
