//! Opens a page in the user's browser. What it can do depends on the platform that it is compiled for.

#[cfg(unix)]
#[path = "unix.rs"]
mod platform;
#[cfg(windows)]
#[path = "windows.rs"]
mod platform;
#[cfg(not(any(unix, windows)))]
mod platform {
    pub fn open(_: &str) -> std::io::Result<()> {
        Err(std::io::ErrorKind::Unsupported.into())
    }
}

/// Opens the page.
pub fn open(address: &str) -> std::io::Result<()> {
    platform::open(address)
}

/// Whether the page's host answers; only where the tool is made for servers.
#[cfg(target_os = "linux")]
pub fn answers(host: &str) -> bool {
    std::net::TcpStream::connect((host, 443)).is_ok()
}
