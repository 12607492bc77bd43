//! Runs when the crate is built: asks git for the revision, writes a table, and tells cargo what to link.

use std::path::PathBuf;
use std::process::Command;
use std::{env, fs};

fn main() {
    println!("cargo:rerun-if-changed=build/main.rs");
    println!("cargo:rerun-if-env-changed=ZLIB_DIR");
    if let Some(directory) = env::var_os("ZLIB_DIR") {
        println!("cargo:rustc-link-search=native={}", PathBuf::from(directory).display());
    }
    println!("cargo:rustc-link-lib=z");
    println!("cargo:rustc-env=BUILD_REVISION={}", revision().unwrap_or_else(|| "unknown".into()));
    write_table().expect("the table cannot be written");
}

fn revision() -> Option<String> {
    let output = Command::new("git").args(["rev-parse", "--short", "HEAD"]).output().ok()?;
    String::from_utf8(output.stdout).ok().map(|text| text.trim().to_owned())
}

fn write_table() -> std::io::Result<()> {
    let directory = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let squares: Vec<String> = (0..16u32).map(|n| (n * n).to_string()).collect();
    fs::write(directory.join("table.rs"), format!("pub const SQUARES: [u32; 16] = [{}];\n", squares.join(", ")))
}
