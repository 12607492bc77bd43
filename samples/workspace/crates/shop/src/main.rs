//! `shop ITEM CENTS` takes an order, `shop` prints their sum.

use std::path::Path;

use prices::Cents;
use shop_storage::{FileStorage, Order, Storage};

const ORDERS: &str = "orders.tsv";

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    match (arguments.next(), arguments.next().and_then(|price| price.parse().ok())) {
        (Some(item), Some(price)) => {
            let mut storage: Box<dyn Storage> = Box::new(FileStorage::open(Path::new(ORDERS))?);
            storage.append(&Order { item, price: Cents(price) })
        }
        _ => {
            let sum: Cents = shop_storage::load(Path::new(ORDERS))?.iter().map(|order| order.price).sum();
            #[cfg(feature = "online")]
            println!("{}", prices::rates::fetch()?);
            println!("{}", sum.0);
            Ok(())
        }
    }
}
