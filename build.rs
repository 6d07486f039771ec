//! Compiles the program again when a file is added to what it carries; the compiler only notices changed ones.

#![allow(clippy::print_stdout, reason = "this is how a build script speaks to cargo")]

fn main() {
    for folder in ["themes/default", "content", "src/author/starter", "handbook.yaml"] {
        println!("cargo::rerun-if-changed={folder}");
    }
}
