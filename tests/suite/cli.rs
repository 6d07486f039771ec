//! The command line: what it offers, how it answers, how it ends.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use std::process::Stdio;

use tempfile::tempdir;

use crate::run::{ran, run, shirube};

const COMMANDS: [&str; 14] = [
    "init",
    "serve",
    "build",
    "check",
    "new",
    "reviewed",
    "translated",
    "lookup",
    "fix-links",
    "list",
    "assess",
    "score",
    "completions",
    "man",
];

#[test]
fn help_is_data_and_shows_examples() {
    let folder = tempdir().unwrap();
    let help = run(folder.path(), &["--help"]).exits(0);
    for command in COMMANDS {
        assert!(help.out.contains(&format!("\n  {command} ")), "{command} is missing in {}", help.out);
        let ran = run(folder.path(), &[command, "--help"]).exits(0).prints("Usage: shirube");
        assert!(command == "man" || ran.out.contains(&format!("  shirube {command}")), "{}", ran.out);
        assert_eq!(ran.err, "");
    }
    run(folder.path(), &["--version"]).exits(0).prints(concat!("shirube ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn a_call_that_makes_no_sense_exits_with_2_and_suggests() {
    let folder = tempdir().unwrap();
    let rows: &[(&[&str], &str)] = &[
        (&[], "Usage: shirube"),
        (&["bild"], "similar subcommand exists: 'build'"),
        (&["check", "--stict"], "similar argument exists: '--strict'"),
        (&["check", "--format", "jason"], "similar value exists: 'json'"),
        (&["new", "practise", "x"], "similar value exists: 'practice'"),
        (&["new", "postmortem", "x", "--date", "2026-02-30"], "--date"),
        (&["serve", "--port", "70000"], "--port"),
        (&["serve", "--interface", "everywhere"], "--interface"),
        (&["man", "biuld"], "did you mean `build`?"),
        (&["check", "-q", "-v"], "cannot be used with"),
        (&["completions", "tcsh"], "possible values"),
    ];
    for (args, says) in rows {
        run(folder.path(), args).exits(2).prints_nothing().says(says);
    }
}

#[test]
fn completions_and_manual_pages_know_every_command() {
    let folder = tempdir().unwrap();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = run(folder.path(), &["completions", shell]).exits(0);
        for word in COMMANDS.iter().chain(&["audience", "interface"]) {
            assert!(script.out.contains(word), "{shell} does not complete {word}");
        }
    }
    let page = run(folder.path(), &["man"]).exits(0).prints(".TH shirube 1").prints("Exit codes").out;
    for command in COMMANDS {
        let name = format!("shirube\\-{}", command.replace('-', "\\-"));
        assert!(page.contains(&format!("{name}(1)")), "{command} is missing in {page}");
        run(folder.path(), &["man", command]).exits(0).prints(&name).prints("\\-\\-root");
    }
}

#[test]
fn global_flags_stand_before_or_after_the_command() {
    let folder = tempdir().unwrap();
    let missing = folder.path().join("nowhere");
    let missing = missing.to_str().unwrap();
    for args in [
        ["--root", missing, "check"],
        ["check", "--root", missing],
        ["-r", missing, "check"],
        ["check", "-r", missing],
    ] {
        run(folder.path(), &args).exits(2).says("there is no folder").says("nowhere");
    }
}

#[test]
fn the_handbook_is_the_nearest_one_upward_or_the_one_named() {
    let folder = tempdir().unwrap();
    let at = folder.path();
    fs::create_dir_all(at.join("outer/inner/content/practices/slo")).unwrap();
    fs::create_dir_all(at.join("outer/content")).unwrap();
    fs::create_dir_all(at.join("plain")).unwrap();
    fs::create_dir_all(at.join("empty")).unwrap();
    fs::write(at.join("outer/handbook.yaml"), "title: Outer\n").unwrap();
    fs::write(at.join("outer/inner/handbook.yaml"), "title: Inner\n").unwrap();
    fs::write(at.join("plain/readme.md"), "# Plain\n").unwrap();

    // Where a new page lands tells which root was found.
    let rows: &[(&str, &[&str], &str)] = &[
        ("outer/inner/content/practices/slo", &["new", "role", "a"], "outer/inner/content/roles/a.md"),
        ("outer/inner", &["new", "role", "b"], "outer/inner/content/roles/b.md"),
        ("outer/content", &["new", "role", "c"], "outer/content/roles/c.md"),
        ("outer/inner", &["new", "role", "d", "-r", ".."], "outer/content/roles/d.md"),
        ("empty", &["-c", "../outer/handbook.yaml", "new", "role", "e"], "outer/content/roles/e.md"),
        ("plain", &["new", "role", "f"], "plain/content/roles/f.md"),
        ("empty", &["new", "role", "g", "--root", "../plain"], "plain/content/roles/g.md"),
    ];
    for (from, args, written) in rows {
        run(&at.join(from), args).exits(0);
        assert!(at.join(written).is_file(), "{written}");
    }
    run(&at.join("empty"), &["check"])
        .exits(2)
        .prints_nothing()
        .says("no handbook.yaml in")
        .says("shirube init");
    run(&at.join("outer"), &["check", "-c", "other.yaml"])
        .exits(2)
        .says("there is no configuration file other.yaml");
    run(at, &["check", "-r", "outer/handbook.yaml"]).exits(2).says("there is no folder");
    run(at, &["check", "-r", "empty"]).exits(2).says("there is no handbook in empty");
}

#[test]
fn codes_are_listed_with_their_explanations() {
    let folder = tempdir().unwrap();
    let table = run(folder.path(), &["list", "codes"]).exits(0).out;
    let json = run(folder.path(), &["list", "code", "--format", "json"]).exits(0).out;
    let rows: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
    let mut codes: Vec<_> = shirube::diag::catalog::all().map(|code| code.name).collect();
    codes.sort_unstable();
    assert_eq!(rows.iter().map(|row| row["code"].as_str().unwrap()).collect::<Vec<_>>(), codes);
    assert_eq!(table.lines().skip(1).map(|line| line.split(' ').next().unwrap()).collect::<Vec<_>>(), codes);
}

#[test]
fn keys_are_listed_by_kind() {
    let folder = tempdir().unwrap();
    let table = run(folder.path(), &["list", "keys"]).exits(0).out;
    assert!(table.starts_with("KIND "), "{table}");
    assert!(table.contains("\nevery          title "), "{table}");
    assert!(table.contains("\nhandbook.yaml  repository.url "), "{table}");
    let json = run(folder.path(), &["list", "keys", "--format", "json"]).exits(0).out;
    let rows: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
    let text = rows.iter().find(|row| row["key"] == "criteria.<level>[].text").unwrap();
    assert_eq!((&text["kind"], &text["translatable"]), (&"practice".into(), &true.into()));
    assert_eq!(table.lines().count(), rows.len() + 1);
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let folder = tempdir().unwrap();
    for args in [&["completions", "bash"][..], &["--help"], &["man"], &["list", "codes"]] {
        let mut child =
            shirube(folder.path(), args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // Gone before the first byte.
        drop(child.stdout.take());
        let mut said = String::new();
        child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        assert_eq!((child.wait().unwrap().code(), said.as_str()), (Some(0), ""), "{args:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_behind_standard_output_exits_with_3() {
    let folder = tempdir().unwrap();
    for args in [&["completions", "bash"][..], &["--help"], &["man"], &["list", "codes"]] {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let output = shirube(folder.path(), args).stdout(full).stderr(Stdio::piped()).output().unwrap();
        ran(output).exits(3).says("could not write to standard output");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn closed_streams_are_no_fault() {
    let folder = tempdir().unwrap();
    let script = r#""$0" list codes >&- 2>&- <&-"#;
    let status = std::process::Command::new("/bin/sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_shirube")])
        .current_dir(folder.path())
        .status()
        .unwrap();
    assert_eq!(status.code(), Some(0));
    // Errors are told by the exit code when nobody listens.
    let full = || File::options().write(true).open("/dev/full").unwrap();
    assert_eq!(shirube(folder.path(), &["check"]).stderr(full()).status().unwrap().code(), Some(2));
    assert_eq!(shirube(folder.path(), &["bild"]).stderr(full()).status().unwrap().code(), Some(2));
}

#[test]
fn colours_only_when_asked_for_or_on_a_terminal() {
    let folder = tempdir().unwrap();
    let colored = |args: &[&str], environment: &[(&str, &str)]| {
        let mut command = shirube(folder.path(), args);
        command.envs(environment.iter().copied());
        ran(command.output().unwrap()).err.contains("\u{1b}[")
    };
    for args in [&["check"][..], &["bild"]] {
        let check = |flags: &[&str], environment: &[(&str, &str)], expected: bool| {
            let all: Vec<&str> = flags.iter().chain(args).copied().collect();
            assert_eq!(colored(&all, environment), expected, "{all:?} {environment:?}");
        };
        check(&[], &[], false);
        check(&["--color", "always"], &[], true);
        check(&["--color=always"], &[("NO_COLOR", "1")], true);
        check(&[], &[("CLICOLOR_FORCE", "1")], true);
        check(&[], &[("CLICOLOR_FORCE", "0")], false);
        check(&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], false);
        check(&["--color=never"], &[("CLICOLOR_FORCE", "1")], false);
    }
}

#[test]
fn words_that_are_not_utf8_are_answered() {
    use std::os::unix::ffi::OsStrExt;
    let folder = tempdir().unwrap();
    let odd = std::ffi::OsStr::from_bytes(b"\xff\x1b[2J");
    let output = shirube(folder.path(), &["check", "--root"]).arg(odd).output().unwrap();
    let said = ran(output).exits(2).err;
    assert!(!said.contains('\u{1b}'), "{said}");
    let output = shirube(folder.path(), &["new", "page"]).arg(odd).output().unwrap();
    ran(output).exits(2);
}

#[test]
fn a_current_folder_that_is_gone_is_the_machines_fault() {
    let folder = tempdir().unwrap();
    let gone = folder.path().join("gone");
    fs::create_dir(&gone).unwrap();
    let script = r#"rmdir ../gone && "$0" check"#;
    let output = std::process::Command::new("/bin/sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_shirube")])
        .current_dir(&gone)
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        .output()
        .unwrap();
    ran(output).exits(3).says("could not find out the current folder");
    assert!(!Path::new(&gone).exists());
}
