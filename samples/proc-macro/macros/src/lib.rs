//! A derive that only looks at tokens, and a macro that reads a file while its user is compiled.

use proc_macro::{TokenStream, TokenTree};

/// Implements `Describe` with the type's name.
#[proc_macro_derive(Describe)]
pub fn derive_describe(input: TokenStream) -> TokenStream {
    let name = type_name(input).unwrap_or_else(|| "Unknown".into());
    let code = format!("impl Describe for {name} {{ fn describe(&self) -> &'static str {{ \"{name}\" }} }}");
    code.parse().expect("the code is Rust")
}

/// The text of a file of the user's crate.
#[proc_macro]
pub fn template(input: TokenStream) -> TokenStream {
    let directory = std::env::var("CARGO_MANIFEST_DIR").unwrap_or_default();
    let file = input.to_string().trim_matches('"').to_owned();
    let text = std::fs::read_to_string(format!("{directory}/{file}")).expect("the template cannot be read");
    format!("{text:?}").parse().expect("a string literal is Rust")
}

fn type_name(input: TokenStream) -> Option<String> {
    let mut tokens = input.into_iter();
    while let Some(token) = tokens.next() {
        if let TokenTree::Ident(word) = token {
            if matches!(word.to_string().as_str(), "struct" | "enum" | "union") {
                return tokens.next().map(|name| name.to_string());
            }
        }
    }
    None
}
