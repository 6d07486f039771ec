//! What happens when something goes wrong.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::time::Instant;

use shirube::serve::{ServeOptions, Server};
use tempfile::TempDir;

use super::harness::{BROKEN, DEADLINE, Fake, Preview, Tab, everything, get};

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
    tab.until("mended", |state| state["problems"].is_null());
    let mended = preview.tab().next_state();
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

#[test]
fn another_run_of_the_server_is_another_build() {
    // The tabs of the first find out by it that they must load the page again.
    let state = |preview: &Preview| preview.tab().next_state();
    let (first, second) = (Preview::new(), Preview::new());
    assert_ne!(state(&first)["build"], state(&second)["build"]);
    assert_eq!(state(&first), state(&first));
}
