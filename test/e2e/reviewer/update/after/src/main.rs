use std::io::Write;

/// Writes a report where nobody else sees it.
fn main() -> std::io::Result<()> {
    let mut file = tempfile::NamedTempFile::new()?;
    file.write_all(b"report\n")
}
