/** Why a reference leads nowhere. Apart from the other types, so that whoever reads results loads no more than this. */
export type UnresolvedReason =
  | 'unknown receiver'
  | 'no such method'
  | 'ambiguous method'
  | 'unknown path'
  | 'unknown value'
  | 'opaque macro'
  | 'limit'
