use std::fs;
use std::io::{self, Write as _};
use std::path::PathBuf;

/// The directory that holds the notes, a file each.
pub struct Store {
    directory: PathBuf,
}

impl Store {
    pub fn open() -> io::Result<Store> {
        let home = std::env::var_os("HOME").ok_or_else(|| io::Error::other("HOME is not set"))?;
        let directory = PathBuf::from(home).join(".notes");
        fs::create_dir_all(&directory)?;
        Ok(Store { directory })
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.directory.join(name).with_extension("md")
    }

    pub fn names(&self) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(&self.directory)? {
            names.push(entry?.file_name().to_string_lossy().into_owned());
        }
        names.sort();
        Ok(names)
    }

    pub fn create(&self, name: &str) -> io::Result<()> {
        let mut file = fs::File::options().write(true).create_new(true).open(self.path(name))?;
        writeln!(file, "# {name}")
    }
}
