//! `notes list`, `notes new NAME`, `notes edit NAME`: a program with the powers that one expects of it.

mod store;

use std::process::ExitCode;

use store::Store;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("notes: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> std::io::Result<()> {
    let store = Store::open()?;
    match arguments {
        [command] if command == "list" => store.names()?.iter().for_each(|name| println!("{name}")),
        [command, name] if command == "new" => store.create(name)?,
        [command, name] if command == "edit" => edit(&store, name)?,
        _ => println!("usage: notes list | new NAME | edit NAME"),
    }
    Ok(())
}

#[cfg(feature = "editor")]
fn edit(store: &Store, name: &str) -> std::io::Result<()> {
    let editor = std::env::var("EDITOR").unwrap_or_else(|_| "vi".into());
    let status = std::process::Command::new(editor).arg(store.path(name)).status()?;
    if status.success() { Ok(()) } else { Err(std::io::Error::other("the editor failed")) }
}

#[cfg(not(feature = "editor"))]
fn edit(store: &Store, name: &str) -> std::io::Result<()> {
    println!("{}", store.path(name).display());
    Ok(())
}
