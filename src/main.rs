//! Exit code, nothing else.

fn main() -> std::process::ExitCode {
    shirube::run(std::env::args_os())
}
