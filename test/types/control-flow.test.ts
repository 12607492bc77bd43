/** Types through patterns, branches, loops, `?` and async: each arm and binding has the type that rustc gives it. */
import { testCalls } from '../support/check-calls.js'

const CARGO = `
pub struct Cargo { pub salt: Salt }
impl Cargo { pub fn sell(&self) {} pub fn take(&mut self) {} }
pub struct Salt;
impl Salt { pub fn taste(&self) {} }
pub enum Load { Full(Cargo, u8), Part { salt: Salt, bags: u8 }, Empty }
pub fn find() -> Option<Cargo> { None }
`

testCalls({
  'each kind of pattern binds what it takes apart': `${CARGO}
pub fn sail(load: Load, pair: (Cargo, Salt), row: [Salt; 3]) {
    match load {
        Load::Full(cargo, 1..=9) | Load::Full(cargo, _) if { cargo.sell(); true } => cargo.take(), //~ calls app::Cargo::sell, app::Cargo::take
        Load::Part { salt, .. } => salt.taste(), //~ calls app::Salt::taste
        whole @ Load::Empty => drop(whole), //~ calls std::mem::drop
        _ => {}
    }
    let (Cargo { salt, .. }, other) = pair;
    salt.taste(); //~ calls app::Salt::taste
    other.taste(); //~ calls app::Salt::taste
    let [first, .., last] = row;
    first.taste(); //~ calls app::Salt::taste
    last.taste(); //~ calls app::Salt::taste
}`,

  'matching through a reference binds references': `${CARGO}
pub trait Kind { fn kind(self); }
impl Kind for &Cargo { fn kind(self) {} }
impl Kind for &mut Cargo { fn kind(self) {} }
pub fn sail(maybe: &Option<Cargo>, load: &mut Load, list: &[(Cargo, u8)]) {
    if let Some(cargo) = maybe { cargo.kind() } //~ calls <&app::Cargo as app::Kind>::kind
    if let Load::Full(cargo, _) = load { cargo.kind() } //~ calls <&mut app::Cargo as app::Kind>::kind
    for (cargo, n) in list { cargo.kind() } //~ calls <&app::Cargo as app::Kind>::kind, ..
    if let &Some(ref cargo) = maybe { cargo.kind() } //~ calls <&app::Cargo as app::Kind>::kind
    if let [first, rest @ ..] = list { rest.len(); first.0.sell() } //~ calls <[T]>::len, app::Cargo::sell
}`,

  'let else goes on with what was bound': `${CARGO}
pub fn sail() {
    let Some(cargo) = find() else { std::process::exit(1) }; //~ calls app::find, std::process::exit
    cargo.sell(); //~ calls app::Cargo::sell
}`,

  'a chain of conditions sees what was bound before': `
//- /lib.rs crate:app edition:2024
${CARGO.trim()}
pub fn sail() {
    if let Some(cargo) = find() && let Cargo { salt } = &cargo && { salt.taste(); true } { //~ calls app::find, app::Salt::taste
        cargo.sell(); //~ calls app::Cargo::sell
    }
    while let Some(mut cargo) = find() { cargo.take() } //~ calls app::find, app::Cargo::take
}`,

  'a loop gives what it breaks with, a labelled block too': `${CARGO}
pub fn sail() {
    let cargo = loop { if let Some(found) = find() { break found } }; //~ calls app::find
    cargo.sell(); //~ calls app::Cargo::sell
    let other = 'search: { if let Some(found) = find() { break 'search found.salt } Salt }; //~ calls app::find
    other.taste(); //~ calls app::Salt::taste
    let outer = 'o: loop { loop { break 'o Salt } };
    outer.taste(); //~ calls app::Salt::taste
}`,

  'branches that never end do not decide the type': `${CARGO}
pub fn sail(go: bool, load: Load) {
    let cargo = if go { panic!() } else { find().unwrap() }; //~ calls app::find, std::option::Option::unwrap, ..
    cargo.sell(); //~ calls app::Cargo::sell
    let salt = match load { Load::Empty => return, Load::Full(cargo, _) => cargo.salt, Load::Part { salt, .. } => salt };
    salt.taste(); //~ calls app::Salt::taste
}`,

  'the question mark takes the value out and converts the error': `${CARGO}
pub struct Storm; pub struct Wreck;
impl From<Storm> for Wreck { fn from(_: Storm) -> Self { std::process::abort() } } //~ calls std::process::abort
fn weigh_anchor() -> Result<Cargo, Storm> { Err(Storm) } //~ calls ..
pub fn sail() -> Result<(), Wreck> {
    weigh_anchor()?.sell(); //~ calls app::weigh_anchor, app::Cargo::sell, <app::Wreck as std::convert::From>::from
    let cargo = weigh_anchor().map_err(|storm| Wreck::from(storm))?; //~ calls app::weigh_anchor, std::result::Result::map_err, <app::Wreck as std::convert::From>::from, ..
    cargo.sell(); //~ calls app::Cargo::sell
    Ok(())
}
pub fn some() -> Option<Salt> { let salt = find()?.salt; salt.taste(); Some(salt) } //~ calls app::find, app::Salt::taste, std::option::Option::Some, ..
`,

  'await gives what the future gives': `${CARGO}
async fn fetch() -> Cargo { find().unwrap() } //~ calls app::find, std::option::Option::unwrap
fn later() -> impl std::future::Future<Output = Salt> { async { fetch().await.salt } } //~ calls app::fetch, ..
fn boxed() -> std::pin::Pin<Box<dyn std::future::Future<Output = Cargo>>> { Box::pin(fetch()) } //~ calls std::boxed::Box::pin, app::fetch
pub async fn sail() {
    fetch().await.sell(); //~ calls app::fetch, app::Cargo::sell, ..
    later().await.taste(); //~ calls app::later, app::Salt::taste, ..
    boxed().await.sell(); //~ calls app::boxed, app::Cargo::sell, ..
    let block = async { Salt };
    block.await.taste(); //~ calls app::Salt::taste, ..
}`,

  'a local shadows one of the same name from its own statement on': `${CARGO}
pub fn sail(it: Cargo) {
    let it = { it.sell(); it.salt }; //~ calls app::Cargo::sell
    it.taste(); //~ calls app::Salt::taste
}`,

  'fields are found through references and smart pointers': `${CARGO}
pub fn sail(a: &Cargo, b: Box<Cargo>, c: std::rc::Rc<Cargo>, d: &&mut Cargo) {
    a.salt.taste(); //~ calls app::Salt::taste
    b.salt.taste(); //~ calls app::Salt::taste
    c.salt.taste(); //~ calls app::Salt::taste, ..
    d.salt.taste(); //~ calls app::Salt::taste
    let locked = std::sync::Mutex::new(find().unwrap()); //~ calls std::sync::Mutex::new, app::find, std::option::Option::unwrap
    locked.lock().unwrap().take(); //~ calls std::sync::Mutex::lock, std::result::Result::unwrap, app::Cargo::take, ..
}`,
})
