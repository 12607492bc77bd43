use std::process::{Command, Stdio};

pub fn open(address: &str) -> std::io::Result<()> {
    let opener = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    Command::new(opener).arg(address).stdout(Stdio::null()).spawn().map(drop)
}
