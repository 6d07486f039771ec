//! Publishing: the old site or the new one, whole, whatever happens; and nobody else's files.

#[cfg(target_os = "linux")]
mod crowd;
mod double;
mod everyday;
#[cfg(target_os = "linux")]
mod faults;
#[cfg(target_os = "linux")]
mod full_disk;
#[cfg(target_os = "linux")]
mod kill;
#[cfg(target_os = "linux")]
mod ladder;
#[cfg(target_os = "linux")]
mod mount;
mod refusals;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use shirube::diag::Failure;
use shirube::model::Outputs;
use shirube::publish::{Disk, Published, System, Target, publish_on};
use tempfile::TempDir;

use double::Double;

/// A project in a folder of its own; `public` is its output.
struct Project {
    _folder: Option<TempDir>,
    root: PathBuf,
}

impl Project {
    /// In memory where there is such a folder: most of these tests are about names, thousands of them.
    fn new() -> Self {
        let memory = Path::new("/dev/shm");
        Self::within(
            if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.unwrap(),
        )
    }

    /// Where temporary files usually are, mostly on a disk.
    #[cfg(target_os = "linux")]
    fn on_disk() -> Self {
        Self::within(tempfile::tempdir().unwrap())
    }

    fn within(folder: TempDir) -> Self {
        let root = folder.path().canonicalize().unwrap().join("project");
        let project = Self { _folder: Some(folder), root };
        project.write("content/_index.md", "# Hello\n");
        project.write("handbook.yaml", "title: Hello\n");
        project
    }

    /// A project in a folder that somebody else looks after.
    #[cfg(target_os = "linux")]
    fn at(folder: &Path) -> Self {
        let project = Self { _folder: None, root: folder.join("project") };
        fs::create_dir_all(&project.root).unwrap();
        project
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn public(&self) -> PathBuf {
        self.root.join("public")
    }

    fn target(&self) -> Target {
        Target {
            protected: ["content", "themes", "static", "handbook.yaml"].map(PathBuf::from).into(),
            ..Target::new(&self.root, "public")
        }
    }

    /// Publishes without waiting for the disk, which these tests need not.
    fn publish(&self, outputs: &Outputs) -> Result<Published, Failure> {
        publish_on(&Double::new(System::default()), outputs, &self.target())
    }

    fn publish_by(&self, disk: &impl Disk, outputs: &Outputs) -> Result<Published, Failure> {
        publish_on(disk, outputs, &self.target())
    }

    /// What stands in `public`; nothing if it is not there.
    fn seen(&self) -> Tree {
        seen(&self.public())
    }

    /// What publishing left beside `public`, and our temporary folders in it.
    fn litter(&self) -> Vec<String> {
        let names = |folder: &Path, prefix: &str| -> Vec<String> {
            let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
            let names = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
            names.filter(|name| name.starts_with(prefix)).collect()
        };
        [names(&self.root, ".public."), names(&self.public(), ".shirube-stage-")].concat()
    }
}

/// Path → content; folders end with a slash and have none.
type Tree = BTreeMap<String, String>;

fn seen(folder: &Path) -> Tree {
    fn walk(folder: &Path, prefix: &str, tree: &mut Tree) {
        let Ok(entries) = fs::read_dir(folder) else { return };
        for entry in entries {
            let entry = entry.unwrap();
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            let kind = entry.file_type().unwrap();
            if kind.is_dir() {
                tree.insert(format!("{name}/"), String::new());
                walk(&entry.path(), &format!("{name}/"), tree);
            } else if kind.is_symlink() {
                tree.insert(name, format!("-> {}", fs::read_link(entry.path()).unwrap().display()));
            } else {
                let bytes = fs::read(entry.path()).unwrap();
                tree.insert(name, String::from_utf8_lossy(&bytes).into_owned());
            }
        }
    }
    let mut tree = Tree::new();
    walk(folder, "", &mut tree);
    tree
}

fn outputs<P: Into<String>, T: AsRef<[u8]>>(files: impl IntoIterator<Item = (P, T)>) -> Outputs {
    files.into_iter().map(|(path, text)| (path.into(), text.as_ref().into())).collect()
}

/// The site before: shares some pages with [`new_site`], has some that go and some that change.
fn old_site() -> Outputs {
    outputs([
        ("index.html", "old front page"),
        ("assets/style.css", "same in both"),
        ("practices/slo/index.html", "old practice"),
        ("practices/on-call/index.html", "same practice"),
        ("gone/index.html", "only in the old site"),
        ("file-then-folder", "a file"),
        ("folder-then-file/page.html", "a page"),
    ])
}

fn new_site() -> Outputs {
    outputs([
        ("index.html", "new front page, and longer"),
        ("assets/style.css", "same in both"),
        ("assets/script.js", "only in the new site"),
        ("practices/slo/index.html", "new practice"),
        ("practices/on-call/index.html", "same practice"),
        ("file-then-folder/page.html", "a page"),
        ("folder-then-file", "a file"),
    ])
}

/// What a folder holds right after `outputs` was published into it, with the files of others in `foreign`.
fn tree_of(outputs: &Outputs, foreign: &[(&str, &str)]) -> Tree {
    let project = Project::new();
    project.publish(outputs).unwrap();
    for (path, text) in foreign {
        project.write(&format!("public/{path}"), text);
    }
    project.seen()
}
