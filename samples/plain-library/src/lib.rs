//! Counts words and lines. Nothing here touches the machine: `caps analyze samples/plain-library` finds no capability.

mod frequency;

pub use frequency::Frequencies;

/// Size of a text in characters, words and lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    pub characters: usize,
    pub words: usize,
    pub lines: usize,
}

impl Size {
    pub fn of(text: &str) -> Size {
        Size {
            characters: text.chars().count(),
            words: text.split_whitespace().count(),
            lines: text.lines().count(),
        }
    }
}

impl std::ops::Add for Size {
    type Output = Size;

    fn add(self, other: Size) -> Size {
        Size {
            characters: self.characters + other.characters,
            words: self.words + other.words,
            lines: self.lines + other.lines,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Size;

    #[test]
    fn sizes_add_up() {
        let both = Size::of("one two\n") + Size::of("three\n");
        assert_eq!(both, Size { characters: 14, words: 3, lines: 2 });
    }
}
