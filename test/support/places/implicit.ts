/** Code that is called though nobody names it: by syntax, by std on behalf of syntax, when something goes out of scope. */
import { type Place, placesOf, type Row } from './place.js'

/** A type with one trait, whose method has the power, and code that has the compiler or std call it. */
const by = (impl: string, code: string): Row =>
  `pub struct E(pub u8); ${impl} ${code.startsWith('pub ') ? code : `pub fn go() { ${code} }`}`

const DROP = 'impl Drop for E { fn drop(&mut self) { $run } }'
const operator = (name: string, method: string): string =>
  `impl std::ops::${name} for E { type Output = u8; fn ${method}(self, _: E) -> u8 { $run } }`
const assigning = (name: string, method: string): string =>
  `impl std::ops::${name}<u8> for E { fn ${method}(&mut self, _: u8) { $run } }`
const DEREF = 'impl std::ops::Deref for E { type Target = str; fn deref(&self) -> &str { $run } }'
const ITER = 'impl Iterator for E { type Item = u8; fn next(&mut self) -> Option<u8> { $run } }'
const fmt = (name: string): string =>
  `impl std::fmt::${name} for E { fn fmt(&self, _: &mut std::fmt::Formatter) -> std::fmt::Result { $run } }`
const FUTURE =
  "impl std::future::Future for E { type Output = (); fn poll(self: std::pin::Pin<&mut Self>, _: &mut std::task::Context<'_>) -> std::task::Poll<()> { $run } }"
const EQ = 'impl PartialEq for E { fn eq(&self, _: &E) -> bool { $run } }'
const HASH =
  'impl std::hash::Hash for E { fn hash<H: std::hash::Hasher>(&self, _: &mut H) { $run } } impl PartialEq for E { fn eq(&self, _: &E) -> bool { true } } impl Eq for E {}'
const ORD =
  'impl PartialEq for E { fn eq(&self, _: &E) -> bool { true } } impl Eq for E {} impl PartialOrd for E { fn partial_cmp(&self, o: &E) -> Option<std::cmp::Ordering> { Some(self.cmp(o)) } } impl Ord for E { fn cmp(&self, _: &E) -> std::cmp::Ordering { $run } }'

const BINARY: readonly (readonly [string, string, string])[] = [
  ['Add', 'add', '+'],
  ['Sub', 'sub', '-'],
  ['Mul', 'mul', '*'],
  ['Div', 'div', '/'],
  ['Rem', 'rem', '%'],
  ['BitAnd', 'bitand', '&'],
  ['BitOr', 'bitor', '|'],
  ['BitXor', 'bitxor', '^'],
  ['Shl', 'shl', '<<'],
  ['Shr', 'shr', '>>'],
]

export const IMPLICIT_PLACES: readonly Place[] = [
  ...placesOf('operators', {
    ...Object.fromEntries(
      BINARY.map(([trait, method, sign]) => [sign, by(operator(trait, method), `let _ = E(1) ${sign} E(2);`)]),
    ),
    ...Object.fromEntries(
      BINARY.map(([trait, method, sign]) => [
        `${sign}=`,
        by(assigning(`${trait}Assign`, `${method}_assign`), `let mut e = E(1); e ${sign}= 1;`),
      ]),
    ),
    'minus sign': by('impl std::ops::Neg for E { type Output = u8; fn neg(self) -> u8 { $run } }', 'let _ = -E(1);'),
    'exclamation mark': by(
      'impl std::ops::Not for E { type Output = u8; fn not(self) -> u8 { $run } }',
      'let _ = !E(1);',
    ),
    '==': by(EQ, 'let _ = E(1) == E(2);'),
    '!=': by(EQ, 'let _ = E(1) != E(2);'),
    '<': by(ORD, 'let _ = E(1) < E(2);'),
    '>= of references': by(ORD, 'let _ = &E(1) >= &E(2);'),
    '== of options': by(EQ, 'let _ = Some(E(1)) == None;'),
    '== of tuples': by(EQ, 'let _ = (E(1), 1) == (E(2), 1);'),
    '== of slices': by(EQ, 'let _ = [E(1)][..] == [E(2)][..];'),
    '< of arrays': by(ORD, 'let _ = [E(1)] < [E(2)];'),
    index: by(
      'impl std::ops::Index<u8> for E { type Output = u8; fn index(&self, _: u8) -> &u8 { $run } }',
      'let _ = E(1)[1];',
    ),
    'mutable index': by(
      'impl std::ops::Index<u8> for E { type Output = u8; fn index(&self, _: u8) -> &u8 { &0 } } impl std::ops::IndexMut<u8> for E { fn index_mut(&mut self, _: u8) -> &mut u8 { $run } }',
      'let mut e = E(1); e[1] = 2;',
    ),
    'mutable borrow of an index': by(
      'impl std::ops::Index<u8> for E { type Output = u8; fn index(&self, _: u8) -> &u8 { &0 } } impl std::ops::IndexMut<u8> for E { fn index_mut(&mut self, _: u8) -> &mut u8 { $run } }',
      'let mut e = E(1); let _ = &mut e[1];',
    ),
    dereference: by(DEREF, 'let _ = &*E(1);'),
    'mutable dereference': by(
      'impl std::ops::Deref for E { type Target = u8; fn deref(&self) -> &u8 { &0 } } impl std::ops::DerefMut for E { fn deref_mut(&mut self) -> &mut u8 { $run } }',
      'let mut e = E(1); *e = 2;',
    ),
    'dereference by a method call': by(DEREF, 'let _ = E(1).len();'),
    'dereference by a field': by(
      'pub struct F { a: u8 } impl std::ops::Deref for E { type Target = F; fn deref(&self) -> &F { $run } }',
      'let _ = E(1).a;',
    ),
    'dereference by an index': by(
      'impl std::ops::Deref for E { type Target = [u8]; fn deref(&self) -> &[u8] { $run } }',
      'let _ = E(1)[0];',
    ),
    'dereference by a call': by(
      'impl std::ops::Deref for E { type Target = fn(); fn deref(&self) -> &fn() { $run } }',
      'E(1)();',
    ),
    'dereference by a coercion of an argument': by(DEREF, 'fn f(_: &str) {} f(&E(1));'),
    'dereference by a coercion of a let': by(DEREF, 'let _x: &str = &E(1);'),
    'dereference by a coercion of a field': by(DEREF, "struct F<'a>(&'a str); let e = E(1); let _ = F(&e);"),
    'dereference by a coercion of an array element': by(DEREF, 'let e = E(1); let _: [&str; 1] = [&e];'),
    'dereference by a coercion of a result': by(DEREF, 'fn f(e: &E) -> &str { e } f(&E(1));'),
    'dereference by a coercion of a return': by(DEREF, 'fn f(e: &E) -> &str { return e } f(&E(1));'),
    'dereference by a coercion of a branch': by(DEREF, 'let e = E(1); let _: &str = if true { &e } else { "" };'),
    'dereference by a coercion of a closure': by(
      DEREF,
      'let _ = (|e: &E| -> bool { let s: &str = e; s.is_empty() })(&E(1));',
    ),
    'dereference by a coercion of a static': by(DEREF, 'static S: E = E(1); let _: &str = &S;'),
    'dereference by a coercion of a break': by(DEREF, 'let e = E(1); let _: &str = loop { break &e };'),
    'dereference through a Box': by(DEREF, 'let _ = Box::new(E(1)).len();'),
    'question mark': by(
      'impl From<u8> for E { fn from(_: u8) -> E { $run } }',
      'pub fn go() -> Result<(), E> { Err(1u8)?; Ok(()) }',
    ),
    'question mark into a box': by(
      `${fmt('Display')} impl std::fmt::Debug for E { fn fmt(&self, _: &mut std::fmt::Formatter) -> std::fmt::Result { Ok(()) } } impl std::error::Error for E {}`,
      'fn f() -> Result<(), Box<dyn std::error::Error>> { Err(E(1))?; Ok(()) } if let Err(e) = f() { let _ = e.to_string(); }',
    ),
    'for loop': by(ITER, 'for _ in E(1) {}'),
    'for loop over what becomes an iterator': by(
      'impl IntoIterator for E { type Item = u8; type IntoIter = std::vec::IntoIter<u8>; fn into_iter(self) -> Self::IntoIter { $run } }',
      'for _ in E(1) {}',
    ),
    'for loop over a reference': by(
      "impl<'a> IntoIterator for &'a E { type Item = u8; type IntoIter = std::vec::IntoIter<u8>; fn into_iter(self) -> Self::IntoIter { $run } }",
      'for _ in &E(1) {}',
    ),
    'for loop over an adapter': by(ITER, 'for _ in E(1).map(|x| x) {}'),
    'for loop over dyn': by(ITER, 'fn f(i: &mut dyn Iterator<Item = u8>) { for _ in i {} } f(&mut E(1));'),
    await: by(FUTURE, 'pub async fn go() { E(1).await }'),
    'await of what becomes a future': by(
      'impl std::future::IntoFuture for E { type Output = (); type IntoFuture = std::future::Ready<()>; fn into_future(self) -> Self::IntoFuture { $run } }',
      'pub async fn go() { E(1).await }',
    ),
    'await of a pinned box': by(
      FUTURE,
      'pub async fn go() { let f: std::pin::Pin<Box<dyn std::future::Future<Output = ()>>> = Box::pin(E(1)); f.await }',
    ),
    'call of a closure in a box': by('', 'let f: Box<dyn Fn()> = Box::new(|| $run); f()'),
    'string comparison in a match': by(
      'impl PartialEq<str> for E { fn eq(&self, _: &str) -> bool { $run } }',
      'let _ = E(1) == *"a";',
    ),
    'range contains': by(
      'impl PartialEq for E { fn eq(&self, _: &E) -> bool { true } } impl PartialOrd for E { fn partial_cmp(&self, _: &E) -> Option<std::cmp::Ordering> { $run } }',
      'let _ = (E(1)..E(2)).contains(&E(3));',
    ),
  }),
  ...placesOf('drops', {
    binding: by(DROP, 'let _e = E(1);'),
    temporary: by(DROP, 'E(1);'),
    'temporary of an argument': by(DROP, 'fn f(_: &E) {} f(&E(1));'),
    'temporary of a scrutinee': by(DROP, 'match E(1) { E(_) => () }'),
    'temporary of a condition': by(DROP, 'if E(1).0 == 1 {}'),
    'temporary that lives longer': by(DROP, 'let _e = &E(1);'),
    wildcard: by(DROP, 'let _ = E(1);'),
    parameter: by(DROP, 'fn f(_e: E) {} f(E(1))'),
    'wildcard parameter': by(DROP, 'fn f(_: E) {} f(E(1))'),
    'closure parameter': by(DROP, '(|_: E| ())(E(1))'),
    'captured by a closure': by(DROP, 'let e = E(1); let f = move || { let _ = &e; }; f()'),
    'captured by an async block': by(DROP, 'let e = E(1); let _f = async move { let _ = &e; };'),
    'assigned over': by(DROP, 'let mut _e = E(1); _e = E(2);'),
    'field assigned over': by(`${DROP} pub struct F { e: E }`, 'fn f(f: &mut F) { f.e = E(2); } f(&mut F { e: E(1) })'),
    field: by(`${DROP} pub struct F { _e: E }`, 'let _f = F { _e: E(1) };'),
    'field of a variant': by(`${DROP} pub enum F { A(E), B }`, 'let _f = [F::A(E(1)), F::B];'),
    tuple: by(DROP, 'let _e = (1, E(1));'),
    array: by(DROP, 'let _e = [E(1)];'),
    box: by(DROP, 'let _e = Box::new(E(1));'),
    vec: by(DROP, 'let _e = vec![E(1)];'),
    'reference count': by(DROP, 'let _e = std::rc::Rc::new(E(1));'),
    'trait object': by(DROP, 'let _e: Box<dyn Send> = Box::new(E(1));'),
    'returned value': by(DROP, 'fn f() -> E { E(1) } f();'),
    'opaque type': by(DROP, 'fn f() -> impl Send { E(1) } f();'),
    'type parameter': by(DROP, 'fn f<T>(_t: T) {} f(E(1))'),
    'mem::drop': by(DROP, 'drop(E(1))'),
    'mem::replace': by(DROP, 'let mut e = E(1); std::mem::replace(&mut e, E(2));'),
    'drop in place': by(
      DROP,
      'let mut e = std::mem::ManuallyDrop::new(E(1)); unsafe { std::ptr::drop_in_place(&mut *e) }',
    ),
    'manual drop': by(
      DROP,
      'let mut e = std::mem::ManuallyDrop::new(E(1)); unsafe { std::mem::ManuallyDrop::drop(&mut e) }',
    ),
    'cleared collection': by(DROP, 'let mut e = vec![E(1)]; e.clear();'),
    'truncated collection': by(DROP, 'fn f(e: &mut Vec<E>) { e.truncate(0) } f(&mut vec![E(1)])'),
    'taken option': by(DROP, 'fn f(e: &mut Option<E>) { *e = None } f(&mut Some(E(1)))'),
    'overwritten key': by(
      DROP,
      'fn f(e: &mut std::collections::HashMap<u8, E>) { e.insert(1, E(1)); } f(&mut Default::default())',
    ),
    'thread local': by(DROP, 'thread_local! { static T: E = const { E(1) }; } T.with(|_| ())'),
    'struct base': by(
      `${DROP} pub struct F { a: u8, _e: E } fn d() -> F { F { a: 1, _e: E(1) } }`,
      'let _f = F { a: 2, ..d() };',
    ),
    'partly moved': by(`${DROP}`, 'let t = (E(1), 1u8); let (_, _b) = t;'),
    'loop variable': by(DROP, 'for _e in [E(1)] {}'),
    'unused iterator rest': by(DROP, 'let mut i = vec![E(1)].into_iter(); i.next();'),
    'while unwinding': by(DROP, 'let _e = E(1); panic!()'),
    'local struct': by('', 'struct L; impl Drop for L { fn drop(&mut self) { $run } } let _l = L;'),
    'generic struct': by('pub struct G<T>(T); impl<T> Drop for G<T> { fn drop(&mut self) { $run } }', 'let _g = G(1);'),
    'type of an associated type': by(
      `${DROP} pub trait T { type A; } impl T for u8 { type A = E; } pub struct F<P: T>(P::A);`,
      'let _f: F<u8> = F(E(1));',
    ),
    cell: by(DROP, 'let c = std::cell::RefCell::new(E(1)); c.replace(E(2));'),
    mutex: by(DROP, 'let _c = std::sync::Mutex::new(E(1));'),
    'expression statement of a block': by(DROP, '{ E(1) };'),
    'ignored result': by(DROP, 'fn f() -> Result<E, ()> { Ok(E(1)) } let _ = f();'),
    'mapped away': by(DROP, 'let _ = Some(E(1)).map(|_| 1);'),
  }),
  ...placesOf('called by std', {
    Display: by(fmt('Display'), 'let _ = format!("{}", E(1));'),
    'captured Display': by(fmt('Display'), 'let e = E(1); let _ = format!("{e}");'),
    Debug: by(fmt('Debug'), 'let _ = format!("{:?}", E(1));'),
    'Debug of a vec': by(fmt('Debug'), 'let _ = format!("{:?}", vec![E(1)]);'),
    'derived Debug': by(`${fmt('Debug')} #[derive(Debug)] pub struct F(E);`, 'let _ = format!("{:?}", F(E(1)));'),
    LowerHex: by(fmt('LowerHex'), 'let _ = format!("{:x}", E(1));'),
    UpperHex: by(fmt('UpperHex'), 'let _ = format!("{:X}", E(1));'),
    Octal: by(fmt('Octal'), 'let _ = format!("{:o}", E(1));'),
    Binary: by(fmt('Binary'), 'let _ = format!("{:b}", E(1));'),
    LowerExp: by(fmt('LowerExp'), 'let _ = format!("{:e}", E(1));'),
    UpperExp: by(fmt('UpperExp'), 'let _ = format!("{:E}", E(1));'),
    Pointer: by(fmt('Pointer'), 'let _ = format!("{:p}", E(1));'),
    to_string: by(fmt('Display'), 'let _ = E(1).to_string();'),
    'fmt::Write': by(
      'impl std::fmt::Write for E { fn write_str(&mut self, _: &str) -> std::fmt::Result { $run } }',
      'use std::fmt::Write; let _ = write!(E(1), "a");',
    ),
    'io::Write': by(
      'impl std::io::Write for E { fn write(&mut self, _: &[u8]) -> std::io::Result<usize> { $run } fn flush(&mut self) -> std::io::Result<()> { Ok(()) } }',
      'use std::io::Write; let _ = write!(E(1), "a");',
    ),
    assert_eq: by(
      `${EQ} impl std::fmt::Debug for E { fn fmt(&self, _: &mut std::fmt::Formatter) -> std::fmt::Result { Ok(()) } }`,
      'assert_eq!(E(1), E(2));',
    ),
    'Debug by assert_eq': by(
      `${fmt('Debug')} impl PartialEq for E { fn eq(&self, _: &E) -> bool { false } }`,
      'assert_eq!(E(1), E(2));',
    ),
    'Debug by unwrap': by(fmt('Debug'), 'Err::<u8, E>(E(1)).unwrap();'),
    'Debug by expect_err': by(fmt('Debug'), 'Ok::<E, u8>(E(1)).expect_err("");'),
    'Debug by dbg': by(fmt('Debug'), 'dbg!(E(1));'),
    parse: by(
      'impl std::str::FromStr for E { type Err = (); fn from_str(_: &str) -> Result<E, ()> { $run } }',
      'let _ = "".parse::<E>();',
    ),
    'parse by its target': by(
      'impl std::str::FromStr for E { type Err = (); fn from_str(_: &str) -> Result<E, ()> { $run } }',
      'let _: Result<E, _> = "".parse();',
    ),
    into: by('impl From<u8> for E { fn from(_: u8) -> E { $run } }', 'let _: E = 1u8.into();'),
    'into by an argument': by(
      'impl From<u8> for E { fn from(_: u8) -> E { $run } }',
      'fn f(_: impl Into<E>) {} fn g(x: impl Into<E>) { let _: E = x.into(); } f(1u8); g(1u8)',
    ),
    try_into: by(
      'impl TryFrom<u8> for E { type Error = (); fn try_from(_: u8) -> Result<E, ()> { $run } }',
      'let _: Result<E, ()> = 1u8.try_into();',
    ),
    'Default by derive': by(
      'impl Default for E { fn default() -> E { $run } } #[derive(Default)] pub struct F(E);',
      'let _ = F::default();',
    ),
    'Default by take': by(
      'impl Default for E { fn default() -> E { $run } }',
      'let mut e = E(1); std::mem::take(&mut e);',
    ),
    'Default by unwrap_or_default': by(
      'impl Default for E { fn default() -> E { $run } }',
      'None::<E>.unwrap_or_default();',
    ),
    'Default of a tuple': by(
      'impl Default for E { fn default() -> E { $run } }',
      'let _: (E, u8) = Default::default();',
    ),
    'Clone by a vec': by('impl Clone for E { fn clone(&self) -> E { $run } }', 'let _ = vec![E(1); 2];'),
    'Clone by to_vec': by('impl Clone for E { fn clone(&self) -> E { $run } }', 'let _ = [E(1)].to_vec();'),
    'Clone by cloned': by('impl Clone for E { fn clone(&self) -> E { $run } }', 'let _ = Some(&E(1)).cloned();'),
    'Clone of a closure': by(
      'impl Clone for E { fn clone(&self) -> E { $run } }',
      'let e = E(1); let f = move || { let _ = &e; }; f.clone()();',
    ),
    'Clone by make_mut': by(
      'impl Clone for E { fn clone(&self) -> E { $run } }',
      'let mut e = std::rc::Rc::new(E(1)); std::rc::Rc::make_mut(&mut e);',
    ),
    'Hash by a map': by(HASH, 'let mut m = std::collections::HashMap::new(); m.insert(E(1), 1);'),
    'Hash by a set': by(HASH, 'let _: std::collections::HashSet<E> = [E(1)].into_iter().collect();'),
    'Hasher by a map': by(
      'impl std::hash::Hasher for E { fn write(&mut self, _: &[u8]) { $run } fn finish(&self) -> u64 { 0 } } impl Default for E { fn default() -> E { E(1) } }',
      'let mut m: std::collections::HashMap<u8, u8, std::hash::BuildHasherDefault<E>> = Default::default(); m.insert(1, 1);',
    ),
    'Ord by a map': by(ORD, 'let mut m = std::collections::BTreeMap::new(); m.insert(E(1), 1); m.insert(E(2), 1);'),
    'Ord by sort': by(ORD, '[E(1), E(2)].sort();'),
    'Ord by sort_by_key': by(ORD, '[1, 2].sort_by_key(|x| E(*x));'),
    'Ord by max': by(ORD, 'let _ = [E(1), E(2)].into_iter().max();'),
    'Ord by a heap': by(ORD, 'let mut h = std::collections::BinaryHeap::new(); h.push(E(1)); h.push(E(2));'),
    'Ord by binary_search': by(ORD, 'let _ = [E(1)].binary_search(&E(2));'),
    'PartialEq by contains': by(EQ, 'let _ = [E(1)].contains(&E(2));'),
    'PartialEq by dedup': by(EQ, 'let mut v = vec![E(1), E(2)]; v.dedup();'),
    'Iterator by collect': by(ITER, 'let _: Vec<u8> = E(1).collect();'),
    'Iterator by extend': by(ITER, 'let mut v = vec![]; v.extend(E(1));'),
    'Iterator by zip': by(ITER, 'for _ in [1].iter().zip(E(1)) {}'),
    FromIterator: by(
      'impl FromIterator<u8> for E { fn from_iter<T: IntoIterator<Item = u8>>(_: T) -> E { $run } }',
      'let _: E = [1u8].into_iter().collect();',
    ),
    'FromIterator by a result': by(
      'impl FromIterator<u8> for E { fn from_iter<T: IntoIterator<Item = u8>>(_: T) -> E { $run } }',
      'let _: Option<E> = [Some(1u8)].into_iter().collect();',
    ),
    Extend: by(
      'impl Extend<u8> for E { fn extend<T: IntoIterator<Item = u8>>(&mut self, _: T) { $run } } impl Default for E { fn default() -> E { E(1) } }',
      'let _: (E, E) = [(1u8, 1u8)].into_iter().unzip();',
    ),
    Sum: by(
      'impl std::iter::Sum<u8> for E { fn sum<I: Iterator<Item = u8>>(_: I) -> E { $run } }',
      'let _: E = [1u8].into_iter().sum();',
    ),
    Product: by(
      'impl std::iter::Product<u8> for E { fn product<I: Iterator<Item = u8>>(_: I) -> E { $run } }',
      'let _: E = [1u8].into_iter().product();',
    ),
    'Read by copy': by(
      'impl std::io::Read for E { fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> { $run } }',
      'let _ = std::io::copy(&mut E(1), &mut std::io::sink());',
    ),
    'Read by read_to_end': by(
      'impl std::io::Read for E { fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> { $run } }',
      'use std::io::Read; let _ = E(1).read_to_end(&mut vec![]);',
    ),
    'Read by a buffer': by(
      'impl std::io::Read for E { fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> { $run } }',
      'use std::io::BufRead; for _ in std::io::BufReader::new(E(1)).lines() {}',
    ),
    'Write by a buffer that is dropped': by(
      'impl std::io::Write for E { fn write(&mut self, _: &[u8]) -> std::io::Result<usize> { $run } fn flush(&mut self) -> std::io::Result<()> { Ok(()) } }',
      'let _w = std::io::BufWriter::new(E(1));',
    ),
    'Wake by a waker': by(
      'impl std::task::Wake for E { fn wake(self: std::sync::Arc<Self>) { $run } }',
      'std::task::Waker::from(std::sync::Arc::new(E(1))).wake();',
    ),
    'Error source': by(
      `impl std::fmt::Debug for E { fn fmt(&self, _: &mut std::fmt::Formatter) -> std::fmt::Result { Ok(()) } } impl std::fmt::Display for E { fn fmt(&self, _: &mut std::fmt::Formatter) -> std::fmt::Result { Ok(()) } } impl std::error::Error for E { fn source(&self) -> Option<&(dyn std::error::Error + 'static)> { $run } }`,
      'let e: Box<dyn std::error::Error> = Box::new(E(1)); let _ = e.source();',
    ),
    AsRef: by(
      'impl AsRef<str> for E { fn as_ref(&self) -> &str { $run } }',
      'fn f(s: impl AsRef<str>) { let _ = s.as_ref(); } f(E(1))',
    ),
    'AsRef by std': by(
      'impl AsRef<std::path::Path> for E { fn as_ref(&self) -> &std::path::Path { $run } }',
      'let _ = std::path::PathBuf::from("").join(E(1));',
    ),
    'Borrow by a map': by(
      'impl std::borrow::Borrow<str> for E { fn borrow(&self) -> &str { $run } } impl PartialEq for E { fn eq(&self, _: &E) -> bool { true } } impl Eq for E {} impl std::hash::Hash for E { fn hash<H: std::hash::Hasher>(&self, _: &mut H) {} }',
      'let m: std::collections::HashMap<E, u8> = Default::default(); let _ = m.get("");',
    ),
    'ToOwned by Cow': by(
      'pub struct B; impl std::borrow::Borrow<B> for E { fn borrow(&self) -> &B { &B } } impl ToOwned for B { type Owned = E; fn to_owned(&self) -> E { $run } }',
      'let _ = std::borrow::Cow::Borrowed(&B).into_owned();',
    ),
    'Pattern by split': by('', 'let _ = "a".split(|_: char| -> bool { $run }).count();'),
    sort_by: by('', '[1, 2].sort_by(|_, _| $run);'),
    retain: by('', 'vec![1].retain(|_| $run);'),
    catch_unwind: by('', 'let _ = std::panic::catch_unwind(|| $run as u8);'),
    Once: by('', 'static O: std::sync::Once = std::sync::Once::new(); O.call_once(|| $run);'),
    'scoped thread': by('', 'std::thread::scope(|s| { s.spawn(|| $run); });'),
    'thread builder': by('', 'let _ = std::thread::Builder::new().spawn(|| $run);'),
    'from_fn of an iterator': by('', 'for _ in std::iter::from_fn(|| -> Option<u8> { $run }) {}'),
    'from_fn of an array': by('', 'let _: [u8; 2] = std::array::from_fn(|_| $run);'),
    'map of an array': by('', 'let _ = [1].map(|_| -> u8 { $run });'),
    entry: by(
      '',
      'let mut m: std::collections::HashMap<u8, u8> = Default::default(); m.entry(1).or_insert_with(|| $run);',
    ),
    successors: by('', 'for _ in std::iter::successors(Some(1), |_| $run) {}'),
    'Add by sum': by(
      `#[derive(Clone, Copy)] pub struct F; impl std::ops::Add for F { type Output = F; fn add(self, _: F) -> F { $run } } impl std::iter::Sum for F { fn sum<I: Iterator<Item = F>>(i: I) -> F { i.fold(F, |a, b| a + b) } }`,
      'let _: F = [F].into_iter().sum();',
    ),
    'poll by a function': by(
      '',
      'pub async fn go() { std::future::poll_fn(|_| -> std::task::Poll<()> { $run }).await }',
    ),
  }),
]
