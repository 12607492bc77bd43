//! Writes log lines to a file.

mod flush;

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::sync::Mutex;

use linelog_format::seconds;

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
        flush::schedule();
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
