//! A real process, killed for real: at every system call that matters, and at any moment.
//!
//! The test program runs itself again with one test, [`publishes_as_a_child`], which publishes what its
//! environment says.

use std::env;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::Duration;

use shirube::publish::{Interrupt, Target, publish};

use super::{Project, Tree, new_site, old_site, tree_of};

const ROOT: &str = "SHIRUBE_TEST_ROOT";
/// `once`: the new site, once. `forever`: both sites in turn.
const HOW: &str = "SHIRUBE_TEST_HOW";

#[test]
#[ignore = "run by the other tests here, as a process of its own"]
fn publishes_as_a_child() {
    let root = PathBuf::from(env::var_os(ROOT).expect("run by the other tests here"));
    let project = Project { _folder: None, root };
    let interrupt = Interrupt::on_signals().unwrap();
    let target = Target { interrupt, ..project.target() };
    loop {
        let failure = publish(&new_site(), &target).err();
        if env::var(HOW).as_deref() == Ok("once") {
            std::process::exit(failure.map_or(0, |failure| failure.exit_code().into()));
        }
        publish(&old_site(), &target).unwrap();
    }
}

/// A child that publishes to the project, under `wrapper` if there is one.
fn child(project: &Project, how: &str, wrapper: &[&str]) -> Child {
    let this = env::current_exe().unwrap();
    let mut command = match wrapper.split_first() {
        Some((program, arguments)) => {
            let mut command = Command::new(program);
            command.args(arguments).arg(this);
            command
        }
        None => Command::new(this),
    };
    // One thread, so that the Nth call of a sort is the same one every time.
    command
        .args(["--exact", "publish::kill::publishes_as_a_child", "--ignored", "--nocapture"])
        .envs([("RAYON_NUM_THREADS", "1"), (HOW, how)])
        .env(ROOT, &project.root)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Publishes once with `fault` injected by strace, for example `renameat2:signal=KILL:when=1`.
fn under_strace(project: &Project, call: &str, fault: &str) -> ExitStatus {
    let (trace, inject) = (format!("trace={call}"), format!("inject={call}:{fault}"));
    let wrapper = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", &trace, "-e", &inject];
    child(project, "once", &wrapper).wait().unwrap()
}

fn strace_works() -> bool {
    let works =
        Command::new("strace").args(["-o", "/dev/null", "-e", "inject=sync:error=EIO", "true"]).status();
    let works = works.is_ok_and(|status| status.success());
    if !works {
        eprintln!("SKIPPED: strace is not installed, or may not trace here");
    }
    works
}

fn published() -> Project {
    let project = Project::on_disk();
    project.publish(&old_site()).unwrap();
    project.write("public/CNAME", "handbook.example");
    project
}

fn trees() -> (Tree, Tree) {
    let foreign = [("CNAME", "handbook.example")];
    (tree_of(&old_site(), &foreign), tree_of(&new_site(), &foreign))
}

fn next_run_completes(project: &Project, new: &Tree, place: &str) {
    project.publish(&new_site()).unwrap_or_else(|failure| panic!("{place}: {failure}"));
    assert_eq!(&project.seen(), new, "{place}");
    assert!(project.litter().is_empty(), "{place}: {:?}", project.litter());
}

#[test]
fn killed_at_any_system_call_it_leaves_the_old_site_or_the_new_one() {
    if !strace_works() {
        return;
    }
    let (old, new) = trees();
    let mut kills = 0;
    for call in ["flock", "mkdirat", "linkat", "write", "syncfs", "renameat2", "fsync", "unlinkat"] {
        for when in 1.. {
            let project = published();
            let place = format!("killed at {call} number {when}");
            let status = under_strace(&project, call, &format!("signal=KILL:when={when}"));
            if status.success() {
                assert_eq!(project.seen(), new, "{place}: nobody was killed");
                assert!(when > 1, "{call} is never called");
                break;
            }
            kills += 1;
            let seen = project.seen();
            assert!(seen == old || seen == new, "{place}: {seen:?}");
            next_run_completes(&project, &new, &place);
        }
    }
    assert!(kills > 20, "only {kills} kills");
}

#[test]
fn an_error_of_the_real_system_leaves_the_old_site() {
    if !strace_works() {
        return;
    }
    let (old, new) = trees();
    for (call, fault) in [
        ("write", "error=ENOSPC:when=3"),
        ("syncfs", "error=EIO"),
        ("linkat", "error=EIO:when=2"),
        ("renameat2", "error=EIO"),
        ("getdents64", "error=EIO:when=9"),
    ] {
        let project = published();
        let place = format!("{call}:{fault}");
        assert_eq!(under_strace(&project, call, fault).code(), Some(3), "{place}");
        assert_eq!(project.seen(), old, "{place}");
        assert!(project.litter().is_empty(), "{place}: {:?}", project.litter());
        next_run_completes(&project, &new, &place);
    }
    // Some things must be invisible: an interrupted call, a kernel or a container without `openat2`.
    for (call, fault) in
        [("write", "error=EINTR:when=2"), ("openat2", "error=ENOSYS"), ("openat2", "error=EPERM")]
    {
        let project = published();
        let place = format!("{call}:{fault}");
        assert_eq!(under_strace(&project, call, fault).code(), Some(0), "{place}");
        assert_eq!(project.seen(), new, "{place}");
        assert!(project.litter().is_empty(), "{place}: {:?}", project.litter());
    }
}

#[test]
fn a_signal_before_the_swap_undoes_and_after_it_finishes() {
    if !strace_works() {
        return;
    }
    let (old, new) = trees();
    for (call, signal, code) in
        [("linkat", "INT", 130), ("linkat", "TERM", 143), ("syncfs", "TERM", 143), ("fsync", "INT", 0)]
    {
        let project = published();
        let place = format!("SIG{signal} at {call}");
        let status = under_strace(&project, call, &format!("signal={signal}:when=1"));
        assert_eq!(status.code(), Some(code), "{place}");
        assert_eq!(project.seen(), *if code == 0 { &new } else { &old }, "{place}");
        assert!(project.litter().is_empty(), "{place}: {:?}", project.litter());
    }
}

#[test]
fn killed_at_twenty_random_moments_it_leaves_a_whole_site() {
    use std::hash::{BuildHasher, RandomState};
    let (old, new) = trees();
    let project = published();
    for round in 0..20 {
        let mut child = child(&project, "forever", &[]);
        let wait = RandomState::new().hash_one(round) % 60_000;
        thread::sleep(Duration::from_micros(20_000 + wait));
        child.kill().unwrap();
        child.wait().unwrap();
        let seen = project.seen();
        assert!(seen == old || seen == new, "killed after {wait} µs: {seen:?}");
        assert!(project.litter().len() <= 3, "litter piles up: {:?}", project.litter());
    }
    next_run_completes(&project, &new, "after twenty kills");
}
