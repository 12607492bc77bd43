//! A library whose only power is used while it is compiled: `template!` reads a file.

use describe_macros::{template, Describe};

pub trait Describe {
    fn describe(&self) -> &'static str;
}

#[derive(Describe)]
pub struct Greeting;

/// The greeting for a name.
pub fn greet(name: &str) -> String {
    template!("greeting.txt").replace("NAME", name) + Greeting.describe()
}
