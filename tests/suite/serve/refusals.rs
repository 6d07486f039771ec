//! What is refused, and that refusing harms nobody.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use super::harness::{DEADLINE, Preview, SECRET, get};

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
