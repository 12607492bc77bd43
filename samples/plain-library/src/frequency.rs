use std::collections::BTreeMap;

/// How often each word occurs.
#[derive(Clone, Debug, Default)]
pub struct Frequencies {
    counts: BTreeMap<String, usize>,
}

impl Frequencies {
    pub fn add(&mut self, text: &str) {
        for word in text.split_whitespace() {
            *self.counts.entry(word.to_lowercase()).or_insert(0) += 1;
        }
    }

    /// The words that occur most, at most `limit` of them.
    pub fn most_common(&self, limit: usize) -> Vec<(&str, usize)> {
        let mut all: Vec<(&str, usize)> = self.counts.iter().map(|(word, count)| (word.as_str(), *count)).collect();
        all.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        all.truncate(limit);
        all
    }
}
