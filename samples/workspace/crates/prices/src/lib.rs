//! Prices in cents; with the feature `online`, today's exchange rates.

/// Cents of one currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cents(pub u64);

impl std::iter::Sum for Cents {
    fn sum<I: Iterator<Item = Cents>>(prices: I) -> Cents {
        Cents(prices.map(|price| price.0).sum())
    }
}

#[cfg(feature = "online")]
pub mod rates {
    use std::io::{Read, Write};
    use std::net::TcpStream;

    /// Today's rates, as the server sends them.
    pub fn fetch() -> std::io::Result<String> {
        let mut stream = TcpStream::connect("rates.example.invalid:80")?;
        stream.write_all(b"GET /today HTTP/1.0\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    }
}
