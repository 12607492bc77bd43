//! Writes log lines to a file.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::sync::Mutex;
use std::time::SystemTime;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Error,
    Warn,
    Info,
}

pub struct Logger {
    file: Mutex<File>,
    level: Level,
}

impl Logger {
    pub fn to_file(path: &Path, level: Level) -> io::Result<Logger> {
        let file = OpenOptions::new().create(true).append(true).open(path)?;
        Ok(Logger { file: Mutex::new(file), level })
    }

    pub fn log(&self, level: Level, message: &str) -> io::Result<()> {
        if level > self.level {
            return Ok(());
        }
        let mut file = self.file.lock().map_err(|_| io::Error::other("poisoned"))?;
        writeln!(file, "{} {level:?} {message}", seconds())
    }
}

fn seconds() -> u64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
