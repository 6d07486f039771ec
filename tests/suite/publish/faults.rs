//! A fault at every single call: `public` is the old site or the new one, and nothing stays behind.

use shirube::diag::Failure;
use shirube::publish::{Interrupt, Method, System, Target, publish_on};

use super::double::{Double, EBUSY, EINVAL, EIO, ENOSPC, Plan};
use super::{Project, Tree, new_site, old_site, tree_of};

const FOREIGN: [(&str, &str); 3] =
    [("CNAME", "handbook.example"), (".git/HEAD", "ref: main"), ("practices/slo/notes.txt", "mine")];

/// One thread, so that the Nth call is the same one in every run.
fn one_thread<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap().install(work)
}

/// A project with the old site and some files of others in it.
fn published() -> Project {
    let project = Project::new();
    project.publish(&old_site()).unwrap();
    for (path, text) in FOREIGN {
        project.write(&format!("public/{path}"), text);
    }
    project
}

struct Trees {
    old: Tree,
    new: Tree,
}

fn trees() -> Trees {
    Trees { old: tree_of(&old_site(), &FOREIGN), new: tree_of(&new_site(), &FOREIGN) }
}

/// Runs `check` with a fault at call 1, 2, … until the publish makes no more calls. Returns their number.
fn at_every_call(plan: &Plan, error: i32, check: impl Fn(usize, &Project, &Run)) -> usize {
    for call in 1.. {
        let project = published();
        let plan = Plan { fault: Some((call, error)), ..plan.clone() };
        let disk = Double::with(System::default(), plan);
        let result = one_thread(|| project.publish_by(&disk, &new_site()));
        let Some(failed_at) = disk.failed_at() else {
            result.unwrap();
            return call - 1;
        };
        check(call, &project, &Run { failed_at, result, log: disk.log() });
    }
    unreachable!("a publish ends")
}

struct Run {
    failed_at: &'static str,
    result: Result<shirube::publish::Published, Failure>,
    log: Vec<&'static str>,
}

/// The next run, on a sound disk, always gets there and leaves nothing.
fn next_run_completes(call: usize, project: &Project, new: &Tree) {
    project.publish(&new_site()).unwrap();
    assert_eq!(&project.seen(), new, "after the run that follows a fault at call {call}");
    assert_eq!(project.litter(), Vec::<String>::new(), "after the run that follows a fault at call {call}");
}

#[test]
fn a_failing_call_leaves_the_old_site_or_the_new_one() {
    let trees = trees();
    for error in [EIO, ENOSPC] {
        let calls = at_every_call(&Plan::default(), error, |call, project, run| {
            let seen = project.seen();
            let place = format!("call {call} ({}) failed with {error}: {:?}", run.failed_at, run.result);
            match &run.result {
                Ok(published) => {
                    assert_eq!(seen, trees.new, "{place}");
                    if published.warnings.is_empty() && run.failed_at != "unlock" {
                        assert!(project.litter().is_empty(), "{place}: {:?}", project.litter());
                    }
                }
                // Making the swap durable failed: the old site must not go yet.
                Err(failure) if run.failed_at == "flush_names" => {
                    assert_eq!(seen, trees.new, "{place}");
                    assert_eq!(project.litter().len(), 1, "{place}");
                    assert!(failure.to_string().contains("the new site is in place"), "{place}");
                }
                Err(failure) => {
                    assert_eq!(seen, trees.old, "{place}");
                    assert!(project.litter().is_empty(), "{place}: {:?}", project.litter());
                    assert_eq!(failure.exit_code(), 3, "{place}");
                    let writes = ["lock", "make_folder", "create", "link", "flush", "exchange"];
                    if error == ENOSPC && writes.contains(&run.failed_at) {
                        assert!(
                            failure.to_string().contains("disk full: the new files need about"),
                            "{place}"
                        );
                    }
                }
            }
            if run.failed_at == "flush" {
                assert_eq!(run.log.iter().filter(|name| **name == "flush").count(), 1, "a flush was retried");
            }
            next_run_completes(call, project, &trees.new);
        });
        assert!(calls > 80, "only {calls} calls: does the double still see everything?");
    }
}

#[test]
fn a_run_that_dies_at_any_call_leaves_the_old_site_or_the_new_one() {
    let trees = trees();
    let plan = Plan { dead_after: true, ..Plan::default() };
    let calls = at_every_call(&plan, EIO, |call, project, run| {
        let seen = project.seen();
        assert!(seen == trees.old || seen == trees.new, "died at call {call} ({}): {seen:?}", run.failed_at);
        next_run_completes(call, project, &trees.new);
    });
    assert!(calls > 80);
}

#[test]
fn without_an_exchange_a_failing_call_still_leaves_the_old_site_or_the_new_one() {
    let trees = trees();
    let plan = Plan { cannot: vec![("exchange", EINVAL)], ..Plan::default() };
    at_every_call(&plan, EIO, |call, project, run| {
        let expected = match run.result {
            Ok(_) => [&trees.new, &trees.new],
            Err(_) => [&trees.old, &trees.new],
        };
        assert!(expected.contains(&&project.seen()), "call {call} ({}) failed", run.failed_at);
        next_run_completes(call, project, &trees.new);
    });
}

#[test]
fn a_run_that_dies_between_two_renames_is_healed_by_the_next() {
    let trees = trees();
    let plan = Plan { cannot: vec![("exchange", EINVAL)], dead_after: true, ..Plan::default() };
    let missing = std::cell::Cell::new(0);
    at_every_call(&plan, EIO, |call, project, run| {
        let seen = project.seen();
        if !project.public().exists() {
            missing.set(missing.get() + 1);
            // Even a run that fails right after it started has put the old site back.
            let disk =
                Double::with(System::default(), Plan { cannot: vec![("holds", EIO)], ..Plan::default() });
            project.publish_by(&disk, &new_site()).unwrap_err();
            assert_eq!(project.seen(), trees.old);
        } else {
            assert!(seen == trees.old || seen == trees.new, "died at call {call} ({})", run.failed_at);
        }
        next_run_completes(call, project, &trees.new);
    });
    assert!(missing.get() > 0, "the window between the two renames was never hit");
}

#[test]
fn file_by_file_a_failing_call_leaves_whole_files_and_says_so() {
    let trees = trees();
    let plan = Plan { cannot: vec![("exchange", EBUSY)], ..Plan::default() };
    for (error, dead_after) in [(ENOSPC, false), (EIO, true)] {
        let plan = Plan { dead_after, ..plan.clone() };
        at_every_call(&plan, error, |call, project, run| {
            let seen = project.seen();
            let place = format!("call {call} ({}) failed with {error}: {:?}", run.failed_at, run.result);
            for (path, text) in seen.iter().filter(|(path, _)| !path.starts_with(".shirube")) {
                let known = trees.old.get(path) == Some(text) || trees.new.get(path) == Some(text);
                assert!(known, "{place}: {path} holds {text:?}");
            }
            for (path, _) in FOREIGN {
                assert!(seen.contains_key(path), "{place}: {path} is gone");
            }
            let whole = seen == trees.old || seen == trees.new;
            if let Err(failure) = &run.result
                && !whole
                && !dead_after
            {
                assert!(failure.to_string().contains("build again"), "{place}");
            }
            next_run_completes(call, project, &trees.new);
        });
    }
}

#[test]
fn an_interrupt_at_any_call_undoes_or_finishes() {
    let trees = trees();
    let mut undone = 0;
    for call in 1.. {
        let project = published();
        let interrupt = Interrupt::new();
        let plan = Plan { interrupt: Some((call, interrupt.clone())), ..Plan::default() };
        let disk = Double::with(System::default(), plan);
        let target = Target { interrupt, ..project.target() };
        let result = one_thread(|| publish_on(&disk, &new_site(), &target));
        match &result {
            Ok(published) => {
                assert_eq!(project.seen(), trees.new);
                assert_eq!(published.method, Method::Exchange);
            }
            Err(failure) => {
                undone += 1;
                assert_eq!(failure.exit_code(), 130, "{failure}");
                assert_eq!(project.seen(), trees.old, "interrupted at call {call}");
            }
        }
        assert!(project.litter().is_empty(), "interrupted at call {call}: {:?}", project.litter());
        if disk.failed_at().is_none() {
            break;
        }
    }
    assert!(undone > 60, "only {undone} interrupts came before the swap");
}
