//! Several at once: publishers, readers, and somebody who swaps links.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::os::unix::fs::symlink;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use shirube::model::Outputs;
use shirube::publish::{System, Target, publish_on};

use super::double::Double;
use super::{Project, new_site, old_site, outputs, seen, tree_of};

#[test]
fn of_many_publishers_at_once_each_succeeds_and_the_last_one_stays() {
    let sites: Vec<Outputs> = (0..8)
        .map(|site| {
            outputs((0..5).map(move |page| (format!("{page}/index.html"), format!("{page} of site {site}"))))
        })
        .collect();
    let trees: Vec<_> = sites.iter().map(|site| tree_of(site, &[])).collect();
    let project = Project::new();
    let target = Target { patience: Duration::from_secs(120), ..project.target() };
    for _ in 0..6 {
        thread::scope(|scope| {
            for site in &sites {
                scope.spawn(|| {
                    let published = publish_on(&Double::new(System::default()), site, &target).unwrap();
                    assert_eq!(published.warnings, Vec::<String>::new());
                });
            }
        });
        assert!(trees.contains(&project.seen()), "a mix of sites: {:?}", project.seen());
        assert!(project.litter().is_empty(), "{:?}", project.litter());
    }
}

#[test]
fn who_waits_in_vain_is_told_who_is_publishing() {
    let project = Project::new();
    project.publish(&old_site()).unwrap();
    let lock = project.root.join(".public.lock");
    fs::write(&lock, "process 4711\n").unwrap();
    let held = File::open(&lock).unwrap();
    held.lock().unwrap();
    let target = Target { patience: Duration::from_millis(50), ..project.target() };
    let failure = publish_on(&Double::new(System::default()), &new_site(), &target).unwrap_err();
    assert_eq!(failure.exit_code(), 3);
    assert!(failure.to_string().contains("another build (process 4711)"), "{failure}");
    assert_eq!(project.seen(), tree_of(&old_site(), &[]));
    // A lock whose owner died is free, and goes.
    drop(held);
    project.publish(&new_site()).unwrap();
    assert!(project.litter().is_empty());
}

#[test]
fn readers_always_find_a_page() {
    let project = Project::new();
    project.publish(&old_site()).unwrap();
    let page = project.public().join("index.html");
    let (done, reads) = (AtomicBool::new(false), AtomicUsize::new(0));
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while !done.load(Ordering::Relaxed) {
                    let text = fs::read_to_string(&page).expect("a reader met no page");
                    assert!(text.ends_with("front page") || text.ends_with("longer"), "{text:?}");
                    reads.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        for _ in 0..100 {
            project.publish(&new_site()).unwrap();
            project.publish(&old_site()).unwrap();
        }
        done.store(true, Ordering::Relaxed);
    });
    assert!(reads.load(Ordering::Relaxed) > 200);
}

#[test]
fn a_link_swapped_in_during_the_run_leads_nowhere() {
    let project = Project::new();
    project.publish(&old_site()).unwrap();
    let outside = project.root.parent().unwrap().join("outside");
    fs::create_dir(&outside).unwrap();
    // It even carries a marker, so that only the link can give it away.
    let decoy = [("canary", "alive"), (".shirube", "shirube output 1\n\ncanary\nindex.html\n")];
    for (name, text) in decoy {
        fs::write(outside.join(name), text).unwrap();
    }
    let decoy: BTreeMap<String, String> = decoy.map(|(name, text)| (name.into(), text.into())).into();
    let (public, away) = (project.public(), project.root.join("away"));
    let done = AtomicBool::new(false);
    let mut published = 0;
    thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                // Any of these may fail: the publisher moves the same names.
                if fs::rename(&public, &away).is_ok() {
                    let _ = symlink(&outside, &public);
                    thread::sleep(Duration::from_micros(300));
                    let _ = fs::remove_file(&public);
                    let _ = fs::rename(&away, &public);
                }
                thread::sleep(Duration::from_micros(700));
            }
        });
        for round in 0..300 {
            let site = if round % 2 == 0 { new_site() } else { old_site() };
            published += usize::from(project.publish(&site).is_ok());
        }
        done.store(true, Ordering::Relaxed);
    });
    assert_eq!(seen(&outside), decoy);
    assert!(published > 0, "the race was never won");
}
