//! Orders, a line each in a file.

use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;

use shop_prices::Cents;

pub struct Order {
    pub item: String,
    pub price: Cents,
}

/// Where orders are kept; a caller may bring its own.
pub trait Storage {
    fn append(&mut self, order: &Order) -> io::Result<()>;
}

pub struct FileStorage {
    file: File,
}

impl FileStorage {
    pub fn open(path: &Path) -> io::Result<FileStorage> {
        Ok(FileStorage { file: OpenOptions::new().append(true).create(true).open(path)? })
    }
}

impl Storage for FileStorage {
    fn append(&mut self, order: &Order) -> io::Result<()> {
        writeln!(self.file, "{}\t{}", order.price.0, order.item)
    }
}

/// All orders of a file; lines that are none are left out.
pub fn load(path: &Path) -> io::Result<Vec<Order>> {
    let mut orders = Vec::new();
    for line in BufReader::new(File::open(path)?).lines() {
        if let Some((price, item)) = line?.split_once('\t') {
            orders.extend(price.parse().ok().map(|price| Order { item: item.to_owned(), price: Cents(price) }));
        }
    }
    Ok(orders)
}
