//! The system's own events: inotify, FSEvents, ReadDirectoryChangesW.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use notify::event::{Event, EventKind, ModifyKind};
use notify::{Config, Error, ErrorKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::bell::{Bell, Hints};
use super::targets::Targets;

/// A watcher on all targets, and on the nearest folder above each, to see the target itself come and go.
///
/// Raw events, without notify's debouncer: that one looks into its queue at fixed ticks and reads the
/// identity of every file at the start.
pub(super) fn arm(targets: &Arc<Targets>, bell: &Arc<Bell>) -> notify::Result<RecommendedWatcher> {
    let (bell, known) = (bell.clone(), targets.clone());
    let handler = move |event: notify::Result<Event>| match event {
        Ok(event) => {
            if let Some(hints) = hints(&event, &known) {
                bell.ring(|all| {
                    all.paths.extend(hints.paths);
                    all.everything |= hints.everything;
                    all.rearm |= hints.rearm;
                });
            }
        }
        // A folder that could not be added, most likely the limit: arming again meets and tells it.
        Err(_) => bell.ring(|hints| hints.rearm = true),
    };
    // Links may lead anywhere, the whole disk included; the snapshot looks at what they lead to.
    let mut watcher = RecommendedWatcher::new(handler, Config::default().with_follow_symlinks(false))?;
    let above: BTreeSet<&Path> = targets
        .iter()
        .filter_map(|target| target.actual.ancestors().skip(1).find(|above| above.is_dir()))
        .collect();
    for folder in above {
        watch(&mut watcher, folder, RecursiveMode::NonRecursive)?;
    }
    // After the folders above: of two watches on one folder the recursive one must be the last.
    for target in targets.iter().filter(|target| target.actual.is_dir()) {
        watch(&mut watcher, &target.actual, RecursiveMode::Recursive)?;
    }
    Ok(watcher)
}

/// A folder that went away meanwhile is no failure: the watch above it tells.
fn watch(watcher: &mut RecommendedWatcher, folder: &Path, mode: RecursiveMode) -> notify::Result<()> {
    match watcher.watch(folder, mode) {
        Err(Error { kind: ErrorKind::PathNotFound, .. }) => Ok(()),
        Err(Error { kind: ErrorKind::Io(error), .. }) if error.kind() == std::io::ErrorKind::NotFound => {
            Ok(())
        }
        other => other,
    }
}

/// What an event hints at; `None` when it is not about content: reading, rights, litter, neighbours.
fn hints(event: &Event, targets: &Targets) -> Option<Hints> {
    if event.need_rescan() {
        // The queue ran over. Our own reading of many files can do that, so the disk is looked at
        // rather than everything built again, which would read, and overflow, for ever.
        return Some(Hints { everything: true, rearm: true, ..Hints::default() });
    }
    if matches!(event.kind, EventKind::Access(_) | EventKind::Modify(ModifyKind::Metadata(_))) {
        return None;
    }
    let moved = matches!(
        event.kind,
        EventKind::Any | EventKind::Create(_) | EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_))
    );
    let paths: BTreeSet<_> = event.paths.iter().filter_map(|path| targets.given(path)).collect();
    // A watched file (`handbook.yaml`) is told by the watch above it, which stays good.
    let rearm = moved && event.paths.iter().any(|path| targets.hang_on(path) && !path.is_file());
    (rearm || !paths.is_empty()).then_some(Hints { paths, everything: false, rearm })
}

/// What went wrong, in words.
pub(super) fn wording(error: &Error) -> String {
    match &error.kind {
        ErrorKind::MaxFilesWatch => "the limit of inotify watches is reached".to_owned(),
        ErrorKind::Io(error) => error.to_string(),
        ErrorKind::Generic(text) => text.clone(),
        _ => "it cannot be set up".to_owned(),
    }
}

/// How to mend it, where we know.
pub(super) fn advice(error: &Error) -> &'static str {
    match &error.kind {
        ErrorKind::MaxFilesWatch => {
            "\nhelp: raise the limit with `sysctl fs.inotify.max_user_watches=524288`"
        }
        _ => "",
    }
}
