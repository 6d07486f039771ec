//! That every change on the disk is seen, and nothing else.

use std::fs;
use std::io::Write;
use std::path::Path;

use super::harness::{Preview, everything};

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
    preview.write("common.md", "one");
    let mut tab = preview.tab();
    tab.next_state();
    fs::remove_file(preview.file("content/page.md")).unwrap();
    std::os::unix::fs::symlink("../common.md", preview.file("content/page.md")).unwrap();
    tab.until("the link", |_| preview.get("/").body.contains("one"));
    preview.write("common.md", "two");
    tab.until("what it leads to", |_| preview.get("/").body.contains("two"));
    assert_eq!(preview.built().last(), Some(&everything()), "one file under two names");
}
